/**
 * Remembers what may happen only once, across executions, restarts, processes and the nodes of a
 * workflow: the newest {@link MAX_KEYS} keys of a workflow, in a row of n8n's database.
 */
import type { Environment, IdempotencyStore } from '../contracts/operation';
import { withLock, type OpenRow, type ProcessedRow } from '../n8n/processedRows';

/**
 * How many keys of a workflow are kept, the newest; each takes 27 bytes of a row that is read and
 * written for every reservation.
 */
export const MAX_KEYS = 5_000;

const ROW = 'once';

/** What took place and is still to be written down, by workflow. */
const pendingCommits = new Map<string, Set<string>>();

/**
 * @param openRow undefined where n8n has no memory for it
 * @param workflow the id under which n8n keeps the keys
 */
export function createIdempotencyStore(
	openRow: OpenRow | undefined,
	workflow: string,
	environment: Environment,
): IdempotencyStore {
	/** @throws ProcessedRowError */
	const withRow = async <Result>(work: (row: ProcessedRow) => Promise<Result>): Promise<Result> =>
		await withLock(
			openRow,
			{ workflow, name: ROW },
			environment,
			async (open) => await work(open(ROW, MAX_KEYS)),
		);
	const reserved = (key: string) => `once ${key}`;
	const inDoubt = (key: string) => `open ${key}`;
	const writeCommits = async (row: ProcessedRow): Promise<void> => {
		const keys = [...(pendingCommits.get(workflow) ?? [])];
		pendingCommits.delete(workflow);
		if (keys.length > 0) await row.remove(keys.map(inDoubt));
	};

	return {
		reserve: async (key) =>
			await withRow(async (row) => {
				await writeCommits(row);
				const made = await row.add([reserved(key), inDoubt(key)]);
				if (made.includes(reserved(key))) return 'reserved';
				if (!made.includes(inDoubt(key))) return 'inDoubt';
				// To look for it has recorded it.
				await row.remove([inDoubt(key)]);
				return 'committed';
			}),
		commit: (key) => {
			pendingCommits.set(workflow, (pendingCommits.get(workflow) ?? new Set()).add(key));
		},
		release: async (key) =>
			await withRow(async (row) => await row.remove([reserved(key), inDoubt(key)])),
		flush: async () => {
			if (pendingCommits.has(workflow)) await withRow(writeCommits).catch(() => undefined);
		},
	};
}
