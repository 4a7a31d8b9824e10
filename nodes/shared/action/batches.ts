/** Which requests a run makes, and how their replies become the outcomes of its items. */
import type {
	BatchOperation,
	ItemOperation,
	Operation,
	BatchEntry,
	Row,
	VendorClient,
} from '../contracts/operation';

/** What became of a piece of work. */
export type Outcome<Result> = { readonly result: Result } | { readonly failure: unknown };

export interface Plan {
	/** In the order in which they start; each says whether it succeeded. */
	readonly jobs: ReadonlyArray<() => Promise<boolean>>;
	/** Undefined for an item that was not reached. */
	readonly outcomeOf: (itemIndex: number) => Outcome<readonly Row[]> | undefined;
}

/** The parameters of each item; undefined for one that was refused. */
type Inputs = ReadonlyArray<Record<string, unknown> | undefined>;

const attempt = <Result>(work: () => Promise<Result>): Promise<Outcome<Result>> =>
	(async () => await work())().then(
		(result) => ({ result }),
		(failure: unknown) => ({ failure }),
	);

function planItems(
	operation: ItemOperation<unknown>,
	inputs: Inputs,
	sessionOf: (itemIndex: number) => VendorClient<unknown>,
): Plan {
	const outcomes = new Map<number, Outcome<readonly Row[]>>();
	const jobs = inputs.flatMap((parameters, itemIndex) =>
		parameters === undefined
			? []
			: async () => {
					const outcome = await attempt(() => operation.perform(parameters, sessionOf(itemIndex)));
					outcomes.set(itemIndex, outcome);
					return 'result' in outcome;
				},
	);
	return { jobs, outcomeOf: (itemIndex) => outcomes.get(itemIndex) };
}

interface Packing<Q extends BatchEntry> {
	/** In the order of their first questions. */
	readonly batches: ReadonlyArray<readonly Q[]>;
	/** The batch that holds a question, by the question's key. */
	readonly batchOf: ReadonlyMap<string, readonly Q[]>;
}

/**
 * Puts each question into one batch of its group, in the order given; of equal questions the first.
 *
 * @param size how many questions a batch may hold
 */
export function packBatches<Q extends BatchEntry>(
	questions: readonly Q[],
	size: number,
): Packing<Q> {
	const batches: Q[][] = [];
	const batchOf = new Map<string, Q[]>();
	const openBatches = new Map<string, Q[]>();
	for (const question of questions) {
		const { key, group } = question;
		if (batchOf.has(key)) continue;
		let batch = openBatches.get(group);
		if (batch === undefined || batch.length >= size) {
			batch = [];
			batches.push(batch);
			openBatches.set(group, batch);
		}
		batch.push(question);
		batchOf.set(key, batch);
	}
	return { batches, batchOf };
}

function planBatches(
	operation: BatchOperation<unknown>,
	inputs: Inputs,
	session: VendorClient<unknown>,
): Plan {
	const questions = inputs.map((parameters) => parameters && operation.entries(parameters));
	const { batches, batchOf } = packBatches(
		questions.flatMap((ofItem) => ofItem ?? []),
		operation.batchSize,
	);
	const replies = new Map<readonly BatchEntry[], Outcome<unknown>>();
	const jobs = batches.map((batch) => async () => {
		const reply = await attempt(() => session.send(operation.batchRequest(batch)));
		replies.set(batch, reply);
		return 'result' in reply;
	});
	return {
		jobs,
		outcomeOf: (itemIndex) => {
			const result: Row[] = [];
			let reached = true;
			for (const question of questions[itemIndex] ?? []) {
				const batch = batchOf.get(question.key);
				const reply = batch && replies.get(batch);
				if (reply && 'failure' in reply) return reply;
				if (reply) result.push(operation.rowFor(question, reply.result));
				else reached = false;
			}
			return reached ? { result } : undefined;
		},
	};
}

/**
 * Plans a run over all items; nothing is sent before its jobs are called.
 *
 * @param sessionOf the session of one item, where items have their own
 */
export const planOf = (
	operation: Operation,
	inputs: Inputs,
	session: VendorClient<unknown>,
	sessionOf: (itemIndex: number) => VendorClient<unknown> = () => session,
): Plan =>
	'batchRequest' in operation
		? planBatches(operation, inputs, session)
		: planItems(operation, inputs, sessionOf);
