/**
 * Which seals have come to a trigger node, and with which rows. What this process has answered is known
 * to it at once; what the executions of any process hold is in n8n's database, see `deduplicator.ts`.
 */
import type { PushRecord, PushSeal } from '../contracts/push';
import { canonical, hash, type SealedContents } from './deduplicator';

/** A seal in this process: some 150 bytes, 3 MB in all. The oldest go first. */
const MAX_SEALS = 20_000;

export function sealedContents({ id }: PushSeal, records: readonly PushRecord[]): SealedContents {
	const rows = records.map(({ event, row }) => hash(`${event} ${canonical(row)}`)).sort();
	return { seal: hash(`seal ${id}`), contents: hash(`sealed ${id} ${rows.join(' ')}`) };
}

/** The seals of one trigger node. */
export class SealMemory {
	private readonly contentsBySeal = new Map<string, string>();

	/** Whether the seal is new, or has come with the same rows before. */
	admits({ seal, contents }: SealedContents): boolean {
		const known = this.contentsBySeal.get(seal);
		if (known !== undefined) return known === contents;
		this.contentsBySeal.set(seal, contents);
		const [oldest] = this.contentsBySeal.keys();
		if (this.contentsBySeal.size > MAX_SEALS && oldest !== undefined) {
			this.contentsBySeal.delete(oldest);
		}
		return true;
	}
}
