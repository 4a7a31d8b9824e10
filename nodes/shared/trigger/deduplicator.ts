/**
 * Recognises records that arrived before: in the memory of this process, and in n8n's database, so
 * that a repeat is noticed after a restart and by other processes of the same n8n too.
 *
 * The database keeps the keys of a node in one row, under a lock of all processes. So the executions
 * that run at the same time share one access: what arrives during an access waits for the next one.
 * With one push at a time that is one for each, under load it is one for many.
 */
import type { IWorkflowMetadata, Logger } from 'n8n-workflow';

import type { Fields } from '../contracts/operation';
import type { PushRecord, PushTrigger } from '../contracts/push';
import { createEnvironment } from '../n8n/environment';
import {
	processedRowsOf,
	withLock,
	type OpenRow,
	type ProcessedItemsHost,
	type ProcessedRow,
} from '../n8n/processedRows';
import { sha256 } from '../wire/hash';
import type { PushOptionValues } from './pushOptions';

/** Keys of one node in this process: 22 characters each, some 2 MB in all. The oldest go first. */
const MAX_KEYS_IN_MEMORY = 20_000;

/** 16 bytes of a SHA-256, beyond any chance of two records meeting in one. */
const KEY_BYTES = 16;

export const hash = (text: string): string =>
	sha256(text).subarray(0, KEY_BYTES).toString('base64url');

/** A value as text, the same whatever the order of its keys. */
export function canonical(value: unknown): string {
	if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
	if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
	const fields = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
	return `{${fields.map(([name, inner]) => `${JSON.stringify(name)}:${canonical(inner)}`).join(',')}}`;
}

/**
 * A key for each record: of its kind and all of its fields, the status among them, so that a later
 * status of the same message is a record of its own. Rows that a push holds twice are two records,
 * and two again when the push is repeated.
 *
 * @returns undefined for a record that the user wants every time
 */
export function deduplicationKeys<O extends Fields>(
	trigger: PushTrigger<Fields, O>,
	records: readonly PushRecord[],
	options: PushOptionValues<O>,
): ReadonlyArray<string | undefined> {
	const times = new Map<string, number>();
	return records.map((record) => {
		const identity = trigger.onceKey?.(record, options);
		if (identity !== undefined) return hash(`identity ${record.event} ${identity}`);
		if (!options.deduplicate) return undefined;
		const content = `record ${record.event} ${canonical(record.row)}`;
		const time = (times.get(content) ?? 0) + 1;
		times.set(content, time);
		return hash(`${content} ${time}`);
	});
}

/** A key for what an execution was started with, whoever runs it and however often. */
export const deliveryKey = (id: string): string => hash(`delivery ${id}`);

/** What this needs of an execution: n8n ties the database's memory to the node of the workflow. */
export interface DeduplicationHost extends ProcessedItemsHost {
	readonly logger: Logger;
	getWorkflow(): Pick<IWorkflowMetadata, 'id'>;
}

/** A seal, and what came with it, as keys. */
export interface SealedContents {
	readonly seal: string;
	/** Of the seal and all rows, in whatever order they came. */
	readonly contents: string;
}

type Seals = ReadonlyArray<SealedContents | undefined>;

/** What the database knew before. */
interface Known {
	readonly keys: ReadonlySet<string>;
	/** The seals that had come with other rows. */
	readonly misused: ReadonlySet<SealedContents>;
}

interface Lookup {
	readonly delivery: string;
	readonly records: readonly ClaimedRecord[];
}

interface PendingLookup extends Lookup {
	readonly resolve: (known: Known) => void;
}

interface ClaimedRecord {
	/** Undefined for one that is always new. */
	readonly key: string | undefined;
	readonly seal: SealedContents | undefined;
}

/** What an execution has claimed in this process. */
export interface ClaimedRecords {
	readonly deliveryKey: string;
	readonly keys: ReadonlyArray<string | undefined>;
	/** Which of them no other execution of this process has. */
	readonly claimed: readonly boolean[];
	/** The seal that each came under, where the vendor signs. */
	readonly seals: Seals;
}

/** What one trigger node has seen. */
export class RecordDeduplicator {
	private readonly inProcess = new Set<string>();
	private readonly stored = new Set<string>();
	private waiting: PendingLookup[] = [];
	private isFlushing = false;

	/** Whether executions that n8n has stored through this process hold all of these records. */
	hasAll(keys: ReadonlyArray<string | undefined>): boolean {
		return keys.every(
			(key) => key !== undefined && (this.stored.has(key) || this.inProcess.has(key)),
		);
	}

	/** n8n has stored an execution with these records, which any process may run. */
	noteStored(keys: ReadonlyArray<string | undefined>): void {
		for (const key of keys) if (key !== undefined) addNewest(this.stored, key);
	}

	/**
	 * Claims the records that no execution of this process has claimed, at once: of copies at the
	 * same instant, one gets them.
	 *
	 * @param delivery key of what the execution was started with
	 * @param keys of its records; undefined stands for a record that is always new
	 * @param seals that its records came under
	 * @returns undefined when it is under way in this process already, or was
	 */
	claim(
		delivery: string,
		keys: ReadonlyArray<string | undefined>,
		seals: Seals = [],
	): ClaimedRecords | undefined {
		if (!this.claimKey(delivery)) return undefined;
		return {
			deliveryKey: delivery,
			keys,
			claimed: keys.map((key) => key === undefined || this.claimKey(key)),
			seals,
		};
	}

	/**
	 * Says which of the records are new, and records them in the database. When that fails, they
	 * count as new: better twice than never. Records under a seal that came with other rows before are
	 * not new, and nothing is claimed by them.
	 *
	 * An execution that broke off after it had come so far, and is run again, gets its records again.
	 *
	 * @param host the execution that holds the records, stored by n8n already
	 * @param maxEntries how many keys of this node the database keeps
	 */
	async filterNew(
		host: DeduplicationHost,
		{ deliveryKey: delivery, keys, claimed, seals }: ClaimedRecords,
		maxEntries: number,
	): Promise<readonly boolean[]> {
		const records = keys.map((key, at): ClaimedRecord => ({ key, seal: seals[at] }));
		const own = records.filter(
			({ key, seal }, at) => claimed[at] === true && (key !== undefined || seal !== undefined),
		);
		if (own.length === 0) return claimed;
		const known = await new Promise<Known>((resolve) => {
			this.waiting.push({ delivery, records: own, resolve });
			if (!this.isFlushing) void this.flush(host, maxEntries);
		});
		if (known.keys.has(delivery)) return claimed;
		const isMisused = ({ seal }: ClaimedRecord) => seal !== undefined && known.misused.has(seal);
		for (const record of own) {
			const { key } = record;
			if (key === undefined) continue;
			// They belong to an execution before this process, which gets them when it is run again.
			if (known.keys.has(key) || isMisused(record)) this.inProcess.delete(key);
			if (isMisused(record)) this.stored.delete(key);
		}
		return records.map(
			(record, at) =>
				claimed[at] === true && !known.keys.has(record.key ?? '') && !isMisused(record),
		);
	}

	private claimKey(key: string): boolean {
		if (this.inProcess.has(key)) return false;
		addNewest(this.inProcess, key);
		return true;
	}

	private async flush(host: DeduplicationHost, maxEntries: number): Promise<void> {
		this.isFlushing = true;
		while (this.waiting.length > 0) {
			const batch = this.waiting;
			this.waiting = [];
			const known = await recordInDatabase(host, batch, maxEntries);
			for (const { resolve } of batch) resolve(known);
		}
		this.isFlushing = false;
	}
}

function addNewest(keys: Set<string>, key: string): void {
	keys.add(key);
	const [oldest] = keys;
	if (keys.size > MAX_KEYS_IN_MEMORY && oldest !== undefined) keys.delete(oldest);
}

/**
 * A lock that is taken too early costs a repeat that passes. One that is waited for keeps records,
 * which were acknowledged, in an execution that n8n 1 cancels when it is told to end.
 */
const PATIENCE_MS = 1_000;

/** The lock is for all executions that wait for it: none of them, when it is cancelled, ends it. */
const environment = createEnvironment({ getTimezone: () => 'UTC' });

/** Seals of one node in n8n's database, two keys each: 270 kB. The oldest go first. */
const MAX_SEAL_KEYS = 10_000;

/**
 * Notes the seals, and finds those that came with other rows before. A seal is known by a key of its
 * own, and what came with it by another.
 */
async function findMisusedSeals(
	row: ProcessedRow,
	seals: readonly SealedContents[],
): Promise<ReadonlySet<SealedContents>> {
	if (seals.length === 0) return new Set();
	const keys = new Set(seals.flatMap(({ seal, contents }) => [seal, contents]));
	const made = new Set(await row.add([...keys]));
	// Of those that come together, the first counts.
	const first = new Map(seals.map(({ seal, contents }) => [seal, contents] as const).reverse());
	const misused = seals.filter(
		({ seal, contents }) =>
			made.has(contents) && (made.has(seal) ? first.get(seal) !== contents : true),
	);
	if (misused.length > 0) await row.remove(misused.map(({ contents }) => contents));
	return new Set(misused);
}

/** Records what the executions hold in the database, and gives what was there before. */
async function recordInDatabase(
	host: DeduplicationHost,
	lookups: readonly Lookup[],
	maxEntries: number,
): Promise<Known> {
	const { id, name: nodeName } = host.getNode();
	const name = `seen ${id}`;
	const lock = { workflow: host.getWorkflow().id ?? '', name, patienceMs: PATIENCE_MS };
	const records = lookups.flatMap((lookup) => lookup.records);
	const seals = new Set(records.flatMap(({ seal }) => seal ?? []));
	const record = async (openRow: OpenRow): Promise<Known> => {
		const misused = await findMisusedSeals(openRow(`sealed ${id}`, MAX_SEAL_KEYS), [...seals]);
		const keys = lookups.flatMap(({ delivery, records: own }) => [
			delivery,
			...own.flatMap(({ key, seal }) =>
				key === undefined || (seal !== undefined && misused.has(seal)) ? [] : [key],
			),
		]);
		const made = new Set(await openRow(name, maxEntries).add(keys));
		return { keys: new Set(keys.filter((key) => !made.has(key))), misused };
	};
	const known = await withLock(processedRowsOf(host), lock, environment, record).catch(
		(error: unknown): Known => {
			host.logger.warn(
				`Repeats across restarts are not recognised, as n8n's memory of them failed: ${String(error)}`,
			);
			return { keys: new Set(), misused: new Set() };
		},
	);
	if (known.misused.size > 0) {
		host.logger.warn(
			`Records that were pushed to "${nodeName}" were dropped: their signature has come before, with other rows`,
		);
	}
	return known;
}
