"""The expressions of aggregation that services may use: all that only calculate.

None is here whose result can be larger than what it is given times a number that the expression itself tells: so not
$reduce, which can double its value with each item.
"""

from __future__ import annotations

GATHERING = "$sum $avg $min $max $first $last $push $addToSet $count $stdDevPop $stdDevSamp"
ACCUMULATORS = frozenset(GATHERING.split())

CALCULATING = """
    $add $subtract $multiply $divide $mod $abs $ceil $floor $round $trunc $sqrt $pow
    $sum $avg $min $max $first $last
    $concat $toLower $toUpper $trim $split $substrCP $strLenCP $indexOfCP $replaceOne $replaceAll
    $eq $ne $gt $gte $lt $lte $cmp $and $or $not $in $cond $ifNull $switch
    $size $arrayElemAt $slice $filter $map $concatArrays $isArray $setUnion $setIntersection $setDifference
    $year $month $week $dayOfMonth $dayOfWeek $dayOfYear $hour $minute $second
    $dateToString $dateTrunc $dateAdd $dateSubtract $dateDiff
    $toString $toInt $toLong $toDouble $toBool $type $isNumber $mergeObjects $literal
"""
EXPRESSIONS = frozenset(CALCULATING.split())

VARIABLES = frozenset(("ROOT", "CURRENT", "NOW", "REMOVE"))
"""Besides those that `$map` and the like make, which begin with a small letter."""

LOOPS = {"$map": "in", "$filter": "cond"}
"""What is calculated for each item, and the argument that says it."""

WRITTEN: dict[str, tuple[int | str, ...]] = {
    "$split": (1,),
    "$indexOfCP": (1,),
    "$trim": ("chars",),
    "$replaceOne": ("find", "replacement"),
    "$replaceAll": ("find", "replacement"),
    "$dateToString": ("format",),
}
"""Arguments that stand in the pipeline as a text: looked for in a long text, a text of a record takes minutes."""

LONGEST_WRITTEN = 100
"""Characters of such a text."""

PIECES = 16
"""Times as much as a text its pieces take at most, one for each character."""

TRIMMED = 10
"""Characters that $trim compares in the time that others take to read one."""
