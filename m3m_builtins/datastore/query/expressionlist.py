"""The expressions of aggregation that services may use: all that only calculate."""

from __future__ import annotations

GATHERING = "$sum $avg $min $max $first $last $push $addToSet $count $stdDevPop $stdDevSamp"
ACCUMULATORS = frozenset(GATHERING.split())

CALCULATING = """
    $add $subtract $multiply $divide $mod $abs $ceil $floor $round $trunc $sqrt $pow
    $sum $avg $min $max $first $last
    $concat $toLower $toUpper $trim $split $substrCP $strLenCP $indexOfCP $replaceOne $replaceAll
    $eq $ne $gt $gte $lt $lte $cmp $and $or $not $in $cond $ifNull $switch
    $size $arrayElemAt $slice $filter $map $reduce $concatArrays $isArray $setUnion $setIntersection $setDifference
    $year $month $week $dayOfMonth $dayOfWeek $dayOfYear $hour $minute $second
    $dateToString $dateTrunc $dateAdd $dateSubtract $dateDiff
    $toString $toInt $toLong $toDouble $toBool $type $isNumber $mergeObjects $literal
"""
EXPRESSIONS = frozenset(CALCULATING.split())

VARIABLES = frozenset(("ROOT", "CURRENT", "NOW", "REMOVE"))
"""Besides those that `$map` and the like make, which begin with a small letter."""
