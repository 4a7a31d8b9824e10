/**
 * The contract between a vendor's operations and whoever runs them. Nothing here or in an operation
 * needs n8n at run time.
 */
import type { IDataObject, INodeProperties } from 'n8n-workflow';

/**
 * What a call does at the vendor. It decides how the call may be made:
 *
 * - `local`: nothing is sent.
 * - `read`: may be repeated and run side by side.
 * - `consume`: hands out each row once; a repeated call loses rows.
 * - `send`: a person or a device notices.
 * - `spend`: costs money.
 *
 * All but the first two run one at a time, in item order, and are never repeated.
 */
export type Effect = 'local' | 'read' | 'consume' | 'send' | 'spend';

export const canRunConcurrently = (effect: Effect): boolean =>
	effect === 'read' || effect === 'local';

/** What the field looks like in n8n; its name is the key it has in the operation's table. */
export type FieldAppearance = Pick<
	INodeProperties,
	'displayName' | 'type' | 'default' | 'description'
> &
	Partial<Pick<INodeProperties, 'hint' | 'options' | 'placeholder' | 'required' | 'typeOptions'>>;

/** A parameter: how it looks, and how what the user entered becomes what is sent. */
export interface Field<Value> {
	readonly appearance: FieldAppearance;
	/**
	 * @param raw what n8n hands over: the typed text, or whatever an expression gave
	 * @throws InputError that names the parameter
	 */
	readonly parse: (raw: unknown, environment: Environment) => Value;
	/** Show this field only when these other fields of the operation have one of these values. */
	readonly shownWhen?: Readonly<Record<string, ReadonlyArray<string | number | boolean>>>;
	/** Only what the author of the workflow typed holds, no expression: no agent can set it. */
	readonly fixed?: true;
	/**
	 * An expression in this field must not give an empty text either: what is then taken instead may
	 * cost money. (One that gives nothing at all is refused in every field.)
	 */
	readonly refusesEmpty?: true;
	/** No model may fill it in: as a tool, an expression in it must not hold what the agent says. */
	readonly refusesModel?: true;
	/** An expression in this field may give nothing at all: `parse` gets null for it. */
	readonly takesNothing?: true;
	/**
	 * Of an option that has become a field of the operation: its name, which the field has taken. It
	 * counts as before, and n8n shows it only where a saved workflow still has it.
	 */
	readonly formerOption?: string;
}

export type Fields = Readonly<Record<string, Field<unknown>>>;

/** The parameters of an operation, inferred from its table of fields. */
export type ValuesOf<F extends Fields> = {
	readonly [Name in keyof F]: F[Name] extends Field<infer Value> ? Value : never;
};

/** Clock, chance and zone, passed in so that every request can be reproduced. */
export interface Environment {
	/** Milliseconds since the epoch. */
	now(): number;
	/** A string of `length` characters drawn from `alphabet`, unpredictably. */
	random(alphabet: string, length: number): string;
	/** Ends early when the execution is cancelled. */
	sleep(milliseconds: number): Promise<void>;
	/** The workflow's time zone, an IANA name. */
	readonly timeZone: string;
	/** Whether a user executes it by hand in the editor, and looks on. */
	readonly isManual?: boolean;
	/** Whether an AI agent calls the node as a tool. */
	readonly asTool?: boolean;
}

/** One HTTP request without host, identity, time or signature: those are the credential's. */
export interface VendorRequest {
	/** Relative to the credential's base URL, with a leading slash. */
	readonly path: string;
	readonly body: IDataObject | string;
	readonly headers: Readonly<Record<string, string>>;
	/** Parameter values that must not show up in an error, whatever the vendor repeats. */
	readonly secrets?: readonly string[];
	/** Set where the vendor refuses the same question for a while after it was asked. */
	readonly isAskedOnce?: true;
}

/** What came back, whatever its status; the body decoded to text. */
export interface VendorResponse {
	readonly status: number;
	readonly contentType: string;
	readonly text: string;
}

/** A vendor: which credential signs its requests, and how its replies are read. */
export interface Vendor<Reply> {
	/** As the user knows it; starts its error messages. */
	readonly name: string;
	readonly credentialType: string;
	/** The credential's fields that must never be shown. */
	readonly secretFields: readonly string[];
	/** @throws VendorError when the reply is a refusal or cannot be read */
	readonly parseResponse: (response: VendorResponse) => Reply;
	/**
	 * Whether there is something to keep in what was read of a reply that broke off. Only of lists that
	 * the vendor hands out once: of all others a part counts as a failure.
	 */
	holdsRows?(part: Reply): boolean;
}

/** What becomes one item. */
export interface Row {
	/** With `simplify` off: the vendor's row as it came, or its whole reply where there is no row. */
	readonly raw: IDataObject;
	/** With `simplify` on: typed, named, units in the name. Made only when it is asked for. */
	readonly simplify: () => IDataObject;
}

/** Sends an operation's requests to its vendor, on behalf of one account. */
export interface VendorClient<Reply> {
	readonly environment: Environment;
	/** Whether the user chose to go on after a failure, for operations made of several requests. */
	readonly continueOnFail: boolean;
	/** Tells one account at the vendor from another; no secret. */
	readonly account: string;
	/** How many requests an operation may begin side by side now: 1, unless it reads. */
	limit(): number;
	/** @throws VendorError */
	send(request: VendorRequest): Promise<Reply>;
	/** The same account, asked for replies of another kind. */
	readAs<Other>(vendor: Vendor<Other>): VendorClient<Other>;
}

/**
 * Remembers what must happen only once, across executions, restarts and processes, as far as n8n can
 * keep it. Keys are the workflow's.
 */
export interface IdempotencyStore {
	/**
	 * Takes a key, before the act.
	 *
	 * @returns `reserved`: it was free. `committed`: it was taken before, and the act took place.
	 * `inDoubt`: it was taken before, and how the act ended is not known.
	 * @throws Error when n8n cannot keep it
	 */
	reserve(key: string): Promise<'reserved' | 'committed' | 'inDoubt'>;
	/** The act took place: the key stays taken. Written with the next reservation, or by `flush`. */
	commit(key: string): void;
	/** Writes the commits. Never fails: what is not written stays in doubt. */
	flush(): Promise<void>;
	/** The act did not take place: the key is free again. */
	release(key: string): Promise<void>;
}

/** Which item of which run of which node it is. */
export interface ItemReference {
	/** Of the first execution, where this one repeats another that failed; empty when there is none. */
	readonly execution: string;
	/** Tells the execution from all others ever; a retry has that of the execution that it repeats. */
	readonly origin: string;
	/** Whether a retry has the same origin even when n8n died before it could save what nodes noted. */
	readonly isOriginKept: boolean;
	/** Its id; its name where it has none, as in a workflow that was not saved. */
	readonly node: string;
	/** 0 for the first time that the node runs in its execution, then one more each time. */
	readonly run: number;
	readonly item: number;
	/** Whether an AI agent calls the node: each call is a run, and so is each repetition of a call. */
	readonly asTool: boolean;
}

/** What an item has beside its client, for operations that must not act twice across executions. */
export interface ItemContext {
	readonly reference: ItemReference;
	/** What the node remembers of an execution, in all its runs and retries. JSON; may be written to. */
	readonly memory: IDataObject;
	readonly idempotency: IdempotencyStore;
	/** The execution, as one that can wait for an answer. */
	readonly waiting: {
		readonly executionId: string;
		/** Where the question of this id is answered; only who was given it knows it. */
		createLink(questionId: string): string;
	};
}

/** What n8n shows of an operation and what it needs to know to run it. */
interface OperationBase<Reply, F extends Fields, O extends Fields> {
	readonly resource: string;
	/** The operation's value in saved workflows, e.g. `getStatus`. */
	readonly operation: string;
	/** Its name in the dropdown, e.g. `Get Status`. */
	readonly name: string;
	/** Its name in the list of actions, e.g. `Get the real-time status of a card`. */
	readonly action: string;
	readonly description: string;
	/** Where the vendor describes it, document and paragraph. */
	readonly source: string;
	readonly effect: Effect;
	readonly vendor: Vendor<Reply>;
	readonly fields: F;
	/** Fields of the `options` collection. One that the user left out is parsed as undefined. */
	readonly options: O;
	/** Set where a person is asked: once it has been performed, the execution waits for the answer. */
	readonly asks?: true;
	/** A sentence that a user should read before running it. */
	readonly notice?: string;
	/**
	 * What the parameters of an item must fulfil together, before any request of any item.
	 *
	 * @throws InputError
	 */
	check?(parameters: Parameters<F, O>): void;
	/**
	 * What a second try of the item is certain to be known by, to the vendor or to the operation
	 * itself. With it, an item that may have been served before, in an n8n that died, is tried again,
	 * provided that it was the same then. Absent or undefined: never.
	 */
	repeatKey?(parameters: Parameters<F, O>, reference: ItemReference): string | undefined;
}

export type Parameters<F extends Fields, O extends Fields> = ValuesOf<F> & ValuesOf<O>;

/**
 * An operation that serves each item by itself.
 *
 * (`perform` and the functions of a batched operation are methods, not properties: methods compare
 * bivariantly, so that operations with different parameters fit into one table.)
 */
export interface ItemOperation<
	Reply,
	F extends Fields = Fields,
	O extends Fields = Fields,
> extends OperationBase<Reply, F, O> {
	/** Set by operations that need the third argument of `perform`; for all others none is made. */
	readonly needsItemContext?: true;
	perform(
		parameters: Parameters<F, O>,
		client: VendorClient<Reply>,
		item?: ItemContext,
	): Promise<readonly Row[]>;
}

/** One thing that an item asks a batched operation for. */
export interface BatchEntry {
	/** Entries with the same key have the same row: they are asked for once, whoever asks. */
	readonly key: string;
	/** Only entries of the same group may share a call. */
	readonly group: string;
}

/** An operation that packs what many items ask for into few calls. */
export interface BatchOperation<
	Reply,
	F extends Fields = Fields,
	O extends Fields = Fields,
	E extends BatchEntry = BatchEntry,
> extends OperationBase<Reply, F, O> {
	/** How many entries a call may hold. */
	readonly batchSize: number;
	/** What an item asks for, in the order in which it wants the rows. */
	entries(parameters: Parameters<F, O>): readonly E[];
	/** @param entries of one group, no key twice */
	batchRequest(entries: readonly E[]): VendorRequest;
	/**
	 * @param reply to a call that held this entry, perhaps as another item wrote it
	 * @throws VendorError when the reply does not tell
	 */
	rowFor(entry: E, reply: Reply): Row;
}

/** A text that goes with an item as a file. */
export interface TextFile {
	readonly fileName: string;
	readonly mimeType: string;
	readonly text: string;
}

/** The one item that a summary makes. */
export interface Summary {
	readonly json: IDataObject;
	/** By the names of their binary fields. */
	readonly files: Readonly<Record<string, TextFile>>;
}

/** An operation that makes one item of all that came in, offline. Its parameters are the first item's. */
export interface SummaryOperation<
	Reply,
	F extends Fields = Fields,
	O extends Fields = Fields,
> extends OperationBase<Reply, F, O> {
	summarize(
		items: readonly IDataObject[],
		parameters: Parameters<F, O>,
		environment: Environment,
	): Summary;
}

export type Operation<Reply = unknown, F extends Fields = Fields, O extends Fields = Fields> =
	ItemOperation<Reply, F, O> | BatchOperation<Reply, F, O> | SummaryOperation<Reply, F, O>;

/** Lets the compiler infer an operation's parameters from its own table of fields. */
export const defineOperation = <Reply, F extends Fields, O extends Fields>(
	operation: Omit<ItemOperation<Reply, F, O>, 'needsItemContext'>,
): ItemOperation<Reply, F, O> => operation;

/** As {@link defineOperation}, for one that must not act twice across executions. */
export const defineIdempotentOperation = <Reply, F extends Fields, O extends Fields>(
	operation: Omit<ItemOperation<Reply, F, O>, 'needsItemContext' | 'perform'> & {
		perform(
			parameters: Parameters<F, O>,
			client: VendorClient<Reply>,
			item: ItemContext,
		): Promise<readonly Row[]>;
	},
): ItemOperation<Reply, F, O> => ({
	...operation,
	needsItemContext: true,
	perform: async (parameters, client, item) => {
		if (item === undefined) throw new Error(`${operation.name} was called without its item`);
		return await operation.perform(parameters, client, item);
	},
});

export const defineBatchOperation = <
	Reply,
	F extends Fields,
	O extends Fields,
	E extends BatchEntry,
>(
	operation: BatchOperation<Reply, F, O, E>,
): BatchOperation<Reply, F, O, E> => operation;

export const defineSummary = <Reply, F extends Fields, O extends Fields>(
	operation: Omit<SummaryOperation<Reply, F, O>, 'effect'>,
): SummaryOperation<Reply, F, O> => ({ ...operation, effect: 'local' });

/** The usual operation: one request out, its reply turned into rows. */
export interface CallOperation<Reply, F extends Fields, O extends Fields> extends ItemOperation<
	Reply,
	F,
	O
> {
	/** Pure: the same parameters and environment give the same request. */
	request(parameters: Parameters<F, O>, environment: Environment): VendorRequest;
	/** @throws VendorError when the reply lacks what the operation is for */
	response(reply: Reply, parameters: Parameters<F, O>): readonly Row[];
}

export const defineCall = <Reply, F extends Fields, O extends Fields>(
	call: Omit<CallOperation<Reply, F, O>, 'perform'>,
): CallOperation<Reply, F, O> => ({
	...call,
	perform: async (parameters, client) =>
		call.response(await client.send(call.request(parameters, client.environment)), parameters),
});
