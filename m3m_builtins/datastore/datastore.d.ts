declare namespace M3M {
  type DateInput = Date | string | number

  /** What every record has. Dates are texts as `toISOString()` makes them. */
  interface RecordBase {
    id: string
    created_at: string
    updated_at: string
    /** Grows with each change. */
    revision: number
  }

  /** What may be given along with the fields of a new record. */
  interface Given {
    id?: string
  }

  /** New values of some fields; a whole record may be sent back. */
  type Changes<I> = Partial<I> & { id?: string; created_at?: DateInput; updated_at?: DateInput; revision?: number; expand?: never }

  type Key<R> = Extract<keyof R, string>

  /** What a value is compared with: itself, one item of a list, and for texts patterns and dates too. */
  type Comparable<V> = V extends readonly (infer Item)[] ? Comparable<Item> : V extends string ? V | Date : V

  /** A field that holds a list is compared with a whole list too. */
  type Whole<V> = V extends readonly unknown[] ? Comparable<V> | Comparable<V>[] : Comparable<V>

  interface Operators<V, W = V> {
    $eq?: W | null
    $ne?: W | null
    $gt?: V
    $gte?: V
    $lt?: V
    $lte?: V
    $in?: (W | null)[]
    $nin?: (W | null)[]
    $all?: (W | null)[]
    $exists?: boolean
    $size?: number
    $not?: Operators<V, W>
    $regex?: string
    $options?: "i" | ""
    $elemMatch?: object
  }

  type Condition<V> = Whole<V> | null | RegExp | Operators<Comparable<V>, Whole<V>>

  type FilterObject<R> = { [K in Exclude<keyof R, "expand">]?: Condition<NonNullable<R[K]>> } & {
    _id?: Condition<string>
    $and?: FilterObject<R>[]
    $or?: FilterObject<R>[]
    $nor?: FilterObject<R>[]
    /** Into a document: "address.city". A filter has at most 200 conditions of these; $in counts as one. */
    [path: `${string}.${string}`]: unknown
  }

  /** An id, an object with conditions, or a text such as "status = 'open' && customer.name ~ 'ann'". */
  type Filter<R> = string | FilterObject<R>

  interface FindOptions {
    /** "-created_at,name": at most 8 fields, - for the largest first; or { created_at: -1 }. */
    sort?: string | string[] | Record<string, 1 | -1>
    /** At most 100,000. */
    limit?: number
    /** From 1, in pages of `limit`. */
    page?: number
    skip?: number
    /** Only these fields, and the id. */
    fields?: string | string[]
    /** Refs whose records come along under `expand`: "customer,customer.city". */
    expand?: string | string[]
  }

  interface Page<R> {
    items: R[]
    page: number
    per_page: number
    total_items: number
    total_pages: number
  }

  /** The records of one model. Each function waits and holds the instance; its twin `…Async` lets other requests in. */
  interface Collection<R, I> {
    /**
     * All records that a filter finds. Without `limit`, at most 1,000: when there are more, the run's log warns.
     *
     * @example
     * const open = database.orders.find({ status: "open" }, { sort: "-created_at", limit: 20 })
     * const late = database.orders.find("total > 100 && customer.name ~ 'ann'")
     */
    find(filter?: Filter<R>, options?: FindOptions): R[]

    /**
     * `find`, letting other requests in.
     *
     * @example
     * const open = await database.orders.findAsync({ status: "open" }, { sort: "-created_at", limit: 20 })
     * const late = await database.orders.findAsync("total > 100 && customer.name ~ 'ann'")
     */
    findAsync(filter?: Filter<R>, options?: FindOptions): Promise<R[]>

    /**
     * The first record that a filter finds, or null.
     *
     * @example
     * const user = database.users.findOne({ email: "ann@example.com" })
     */
    findOne(filter?: Filter<R>, options?: FindOptions): R | null

    /**
     * `findOne`, letting other requests in.
     *
     * @example
     * const user = await database.users.findOneAsync({ email: "ann@example.com" })
     */
    findOneAsync(filter?: Filter<R>, options?: FindOptions): Promise<R | null>

    /**
     * The record with this id, or null.
     *
     * @example
     * const order = database.orders.get(ctx.params.id, { expand: "customer" })
     */
    get(id: string, options?: Pick<FindOptions, "fields" | "expand">): R | null

    /**
     * `get`, letting other requests in.
     *
     * @example
     * const order = await database.orders.getAsync(ctx.params.id, { expand: "customer" })
     */
    getAsync(id: string, options?: Pick<FindOptions, "fields" | "expand">): Promise<R | null>

    /**
     * One page of the records and how many there are: `limit` is its size (30 without it, at most 1,000), `page` counts from 1.
     *
     * @example
     * return database.orders.paginate({ status: "open" }, { page: 2, limit: 50 })
     */
    paginate(filter?: Filter<R>, options?: Omit<FindOptions, "skip">): Page<R>

    /**
     * `paginate`, letting other requests in.
     *
     * @example
     * return await database.orders.paginateAsync({ status: "open" }, { page: 2, limit: 50 })
     */
    paginateAsync(filter?: Filter<R>, options?: Omit<FindOptions, "skip">): Promise<Page<R>>

    /**
     * How many records a filter finds.
     *
     * @example
     * const open = database.orders.count({ status: "open" })
     */
    count(filter?: Filter<R>): number

    /**
     * `count`, letting other requests in.
     *
     * @example
     * const open = await database.orders.countAsync({ status: "open" })
     */
    countAsync(filter?: Filter<R>): Promise<number>

    /**
     * The different values of a field, in order; of a list, its items.
     *
     * @example
     * const tags = database.posts.distinct("tags")
     */
    distinct(field: Key<R>, filter?: Filter<R>): any[]

    /**
     * `distinct`, letting other requests in.
     *
     * @example
     * const tags = await database.posts.distinctAsync("tags")
     */
    distinctAsync(field: Key<R>, filter?: Filter<R>): Promise<any[]>

    /**
     * Calculates over records. Stages: $match $sort $limit $skip $project $group $count $unwind. At most 1,000 results
     * without `$limit`; what cannot be calculated is an error `wrong_calculation`, and what would read or make too much of
     * one record is `too_complex`. There is no $reduce; what $split, $replaceAll and the like look for is written out, not
     * taken from a field.
     *
     * @example
     * const sums = database.orders.aggregate([{ $group: { _id: "$status", total: { $sum: "$total" } } }])
     */
    aggregate(stages: object[]): any[]

    /**
     * `aggregate`, letting other requests in.
     *
     * @example
     * const sums = await database.orders.aggregateAsync([{ $group: { _id: "$status", total: { $sum: "$total" } } }])
     */
    aggregateAsync(stages: object[]): Promise<any[]>

    /**
     * Adds a record and gives it as it was stored. Throws an error whose `fields` name every wrong one.
     *
     * @example
     * const order = database.orders.insert({ customer: customer.id, total: 12.5 })
     */
    insert(data: I & Given): R

    /**
     * `insert`, letting other requests in.
     *
     * @example
     * const order = await database.orders.insertAsync({ customer: customer.id, total: 12.5 })
     */
    insertAsync(data: I & Given): Promise<R>

    /**
     * Adds records, all or none.
     *
     * @example
     * database.tags.insertMany([{ name: "a" }, { name: "b" }])
     */
    insertMany(data: (I & Given)[]): R[]

    /**
     * `insertMany`, letting other requests in.
     *
     * @example
     * await database.tags.insertManyAsync([{ name: "a" }, { name: "b" }])
     */
    insertManyAsync(data: (I & Given)[]): Promise<R[]>

    /**
     * Changes the given fields of one record and gives it, or null when there is none. With `revision`, only if nobody
     * has saved since: else an error `stale_revision`.
     *
     * @example
     * database.orders.update(order.id, { status: "paid" })
     */
    update(filter: Filter<R>, data: Changes<I>): R | null

    /**
     * `update`, letting other requests in.
     *
     * @example
     * await database.orders.updateAsync(order.id, { status: "paid" })
     */
    updateAsync(filter: Filter<R>, data: Changes<I>): Promise<R | null>

    /**
     * Changes the first record that a filter finds and gives it, in one step: no other instance gets the same one.
     *
     * @example
     * const job = database.jobs.findOneAndUpdate({ state: "new" }, { state: "taken" }, { sort: "created_at" })
     */
    findOneAndUpdate(filter: Filter<R>, data: Changes<I>, options?: Pick<FindOptions, "sort">): R | null

    /**
     * `findOneAndUpdate`, letting other requests in.
     *
     * @example
     * const job = await database.jobs.findOneAndUpdateAsync({ state: "new" }, { state: "taken" }, { sort: "created_at" })
     */
    findOneAndUpdateAsync(filter: Filter<R>, data: Changes<I>, options?: Pick<FindOptions, "sort">): Promise<R | null>

    /**
     * Changes the given fields of all records that a filter finds; how many there were. For all records write {}.
     *
     * @example
     * const closed = database.orders.updateMany({ status: "paid" }, { status: "closed" })
     */
    updateMany(filter: Filter<R>, data: Changes<I>): number

    /**
     * `updateMany`, letting other requests in.
     *
     * @example
     * const closed = await database.orders.updateManyAsync({ status: "paid" }, { status: "closed" })
     */
    updateManyAsync(filter: Filter<R>, data: Changes<I>): Promise<number>

    /**
     * Changes the first record that a filter finds, or adds one with the data and the plain values of the filter.
     *
     * @example
     * database.stock.upsert({ sku: "a-1" }, { amount: 5 })
     */
    upsert(filter: Filter<R>, data: Changes<I>): R

    /**
     * `upsert`, letting other requests in.
     *
     * @example
     * await database.stock.upsertAsync({ sku: "a-1" }, { amount: 5 })
     */
    upsertAsync(filter: Filter<R>, data: Changes<I>): Promise<R>

    /**
     * Adds to a number in one step, 1 unless another is given; no increment is lost. Null when there is no such record;
     * an error when the number would leave what its field allows, or 2^53.
     *
     * @example
     * database.posts.increment(post.id, "views")
     */
    increment(filter: Filter<R>, field: Key<R>, by?: number): R | null

    /**
     * `increment`, letting other requests in.
     *
     * @example
     * await database.posts.incrementAsync(post.id, "views")
     */
    incrementAsync(filter: Filter<R>, field: Key<R>, by?: number): Promise<R | null>

    /**
     * Deletes one record, and what its refs say goes with it. False when there is none.
     *
     * @example
     * if (!database.orders.delete(ctx.params.id)) throw router.error(404, "No such order.")
     */
    delete(filter: Filter<R>): boolean

    /**
     * `delete`, letting other requests in.
     *
     * @example
     * if (!(await database.orders.deleteAsync(ctx.params.id))) throw router.error(404, "No such order.")
     */
    deleteAsync(filter: Filter<R>): Promise<boolean>

    /**
     * Deletes all records that a filter finds; how many there were. For all records write {}.
     *
     * @example
     * database.sessions.deleteMany("expires < @now")
     */
    deleteMany(filter: Filter<R>): number

    /**
     * `deleteMany`, letting other requests in.
     *
     * @example
     * await database.sessions.deleteManyAsync("expires < @now")
     */
    deleteManyAsync(filter: Filter<R>): Promise<number>
  }

  interface Database {
    /**
     * The records of a model by its name; the same as `database.orders`.
     *
     * @example
     * const orders = database.collection("orders")
     */
    collection(model: string): Collection<any, any>
  }
}

/** The records of the project's models: `database.orders.find()`. The rules are those of the HTTP API. */
declare const database: M3M.Database
declare const $database: M3M.Database
