import { setTimeout as wait } from 'node:timers/promises';
import { createHash } from 'node:crypto';
import { DataDeduplicationService } from 'n8n-core';
import type {
	DeduplicationItemTypes,
	DeduplicationScope,
	ICheckProcessedContextData,
	ICheckProcessedOptions,
	IDataDeduplicator,
	IDeduplicationOutput,
} from 'n8n-workflow';

const hashOf = (item: DeduplicationItemTypes): string =>
	createHash('md5').update(String(item)).digest('base64');

/**
 * n8n's memory of processed items (its mode `entries`), as its database has it: one row for each
 * workflow or node, read and written as a whole, and nothing between a read and its write.
 */
export class ProcessedData implements IDataDeduplicator {
	private readonly rows = new Map<string, readonly string[]>();

	/** How long each access takes: the longer, the surer two get in each other's way. */
	latencyMs = 0;

	/** Fails every access, as a database does that is not there. */
	isBroken = false;

	clear(): void {
		this.rows.clear();
	}

	/** The hashes in a row of this package, the oldest first. */
	entriesOf(workflowId: string, row: string): readonly string[] {
		return this.rows.get(`${workflowId} n:shared row ${row}`) ?? [];
	}

	/** The names of the rows of a workflow. */
	rowsOf(workflowId: string): readonly string[] {
		return [...this.rows.keys()].flatMap((key) =>
			key.startsWith(`${workflowId} `) ? [key.slice(workflowId.length + 1)] : [],
		);
	}

	/** Takes a row as the database does: that one is there already is an error. */
	private async insert(key: string, row: readonly string[]): Promise<void> {
		await this.access();
		if (this.rows.has(key)) throw new Error('UNIQUE constraint failed: processed_data');
		this.rows.set(key, row);
	}

	private async update(key: string, row: readonly string[]): Promise<void> {
		await this.access();
		if (this.rows.has(key)) this.rows.set(key, row);
	}

	private async find(key: string): Promise<string[] | undefined> {
		await this.access();
		const row = this.rows.get(key);
		return row && [...row];
	}

	private async access(): Promise<void> {
		await wait(this.latencyMs);
		if (this.isBroken) throw new Error('SQLITE_CONSTRAINT: FOREIGN KEY constraint failed');
	}

	async checkProcessedAndRecord(
		items: DeduplicationItemTypes[],
		scope: DeduplicationScope,
		contextData: ICheckProcessedContextData,
		{ maxEntries = Infinity }: ICheckProcessedOptions,
	): Promise<IDeduplicationOutput> {
		const key = keyOf(scope, contextData);
		const row = await this.find(key);
		if (row === undefined) {
			await this.insert(key, newest(items.map(hashOf), maxEntries));
			return { new: items, processed: [] };
		}
		const isKnown = (item: DeduplicationItemTypes) => row.includes(hashOf(item));
		const output = {
			new: items.filter((item) => !isKnown(item)),
			processed: items.filter(isKnown),
		};
		await this.update(key, newest([...row, ...output.new.map(hashOf)], maxEntries));
		return output;
	}

	async removeProcessed(
		items: DeduplicationItemTypes[],
		scope: DeduplicationScope,
		contextData: ICheckProcessedContextData,
	): Promise<void> {
		const key = keyOf(scope, contextData);
		const row = await this.find(key);
		const hashes = items.map(hashOf);
		if (row)
			await this.update(
				key,
				row.filter((hash) => !hashes.includes(hash)),
			);
	}

	async clearAllProcessedItems(
		scope: DeduplicationScope,
		contextData: ICheckProcessedContextData,
	): Promise<void> {
		const key = keyOf(scope, contextData);
		await this.access();
		this.rows.delete(key);
	}

	async getProcessedDataCount(
		scope: DeduplicationScope,
		contextData: ICheckProcessedContextData,
	): Promise<number> {
		return (await this.find(keyOf(scope, contextData)))?.length ?? 0;
	}
}

const keyOf = (scope: DeduplicationScope, { node, workflow }: ICheckProcessedContextData): string =>
	`${workflow.id} ${scope === 'node' ? `n:${node?.id}` : ''}`;

const newest = (row: readonly string[], maxEntries: number): readonly string[] =>
	row.slice(Math.max(0, row.length - maxEntries));

/** The one that n8n's engine in this process uses; it outlives executions. */
export const processedData = new ProcessedData();

void DataDeduplicationService.init(processedData);
