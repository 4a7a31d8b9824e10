/**
 * Pushes that arrive at the same time share an execution. n8n spends far more on an execution than
 * on a request, so a burst would otherwise keep it busy for long, and the vendors would send again.
 *
 * While one execution of a node is being stored, the pushes that come in wait; then one of them
 * starts an execution with the records of all of them, and they are acknowledged together with it.
 * A push that comes alone starts its own at once, and none waits for company longer than
 * {@link MAX_WAIT_MS}: n8n may hold an answer back for long, behind executions of other kinds.
 */
import type { KeyedRecord } from './envelope';

/** Records of one execution, unless a single push holds more. */
const MAX_RECORDS_PER_EXECUTION = 1_000;

/** How long a push may wait for an execution that is being stored, in milliseconds. */
export const MAX_WAIT_MS = 250;

export interface QueuedPush {
	readonly records: readonly KeyedRecord[];
	/** Whether executions that are stored hold all of its records. */
	isDuplicate(): boolean;
}

/** What a push has to do. */
export type QueueTurn =
	/** Start an execution with these records, and tell whether n8n stored it. */
	| {
			readonly kind: 'start';
			readonly records: readonly KeyedRecord[];
			readonly end: (isStored: boolean) => void;
	  }
	/** Acknowledge: an execution that n8n has stored holds the records. */
	| { readonly kind: 'stored' }
	/** Refuse: the execution that was to hold the records could not be stored. */
	| { readonly kind: 'failed' };

interface Entry {
	readonly push: QueuedPush;
	readonly resolve: (turn: QueueTurn) => void;
}

/** The pushes of one trigger node in this process. */
export class PushQueue {
	private entries: Entry[] = [];
	/** The execution that those who came after it wait for. */
	private starting: symbol | undefined;

	/** @param pause resolves after so many milliseconds */
	constructor(private readonly pause: (milliseconds: number) => Promise<void>) {}

	/** Resolves when it is the push's turn, which is at once when no other is under way. */
	async enqueue(push: QueuedPush): Promise<QueueTurn> {
		return await new Promise((resolve) => {
			this.entries.push({ push, resolve });
			if (this.starting === undefined) this.startNext();
		});
	}

	private startNext(): void {
		const group = this.nextGroup();
		const [first, ...others] = group;
		if (first === undefined) {
			this.starting = undefined;
			return;
		}
		const own = Symbol('execution');
		this.starting = own;
		const goOn = () => {
			if (this.starting === own) this.startNext();
		};
		let hasEnded = false;
		first.resolve({
			kind: 'start',
			records: group.flatMap(({ push }) => push.records),
			end: (isStored) => {
				if (hasEnded) return;
				hasEnded = true;
				for (const { resolve } of others) resolve({ kind: isStored ? 'stored' : 'failed' });
				goOn();
			},
		});
		void this.pause(MAX_WAIT_MS).then(goOn);
	}

	private nextGroup(): readonly Entry[] {
		const group: Entry[] = [];
		let size = 0;
		for (let entry = this.entries[0]; entry !== undefined; entry = this.entries[0]) {
			const { push, resolve } = entry;
			if (push.isDuplicate()) resolve({ kind: 'stored' });
			else {
				size += push.records.length;
				if (group.length > 0 && size > MAX_RECORDS_PER_EXECUTION) break;
				group.push(entry);
			}
			this.entries.shift();
		}
		return group;
	}
}
