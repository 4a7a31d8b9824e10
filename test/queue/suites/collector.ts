import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { IDataObject } from 'n8n-workflow';

const HOST = '127.0.0.1';
const HELD = '/held';

/** The other end: counts what workflows post to it, and keeps workers busy for as long as it is told. */
export class Collector {
	/** How long it takes to take records, so that executions last and a kill meets some. */
	delayMs = 0;
	private readonly server: Server;
	private readonly collected = new Map<string, IDataObject[]>();
	private held: ServerResponse[] = [];

	private constructor() {
		this.server = createServer((incoming, outgoing) => void this.serve(incoming, outgoing));
	}

	static async start(): Promise<Collector> {
		const collector = new Collector();
		await new Promise<void>((resolve) => collector.server.listen(0, HOST, resolve));
		return collector;
	}

	get url(): string {
		return `http://${HOST}:${(this.server.address() as AddressInfo).port}`;
	}

	/** Answers only when `release()` says so. */
	get heldUrl(): string {
		return `${this.url}${HELD}`;
	}

	get heldCount(): number {
		return this.held.length;
	}

	/** What a workflow that posts to `<url>/<channel>` has posted, in the order of arrival. */
	recordsOf(channel: string): readonly IDataObject[] {
		return this.collected.get(`/${channel}`) ?? [];
	}

	release(): void {
		for (const outgoing of this.held) outgoing.end('{}');
		this.held = [];
	}

	async close(): Promise<void> {
		this.release();
		this.server.closeAllConnections();
		await new Promise((resolve) => this.server.close(resolve));
	}

	private async serve(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
		outgoing.setHeader('content-type', 'application/json');
		const chunks: Buffer[] = [];
		for await (const chunk of incoming) chunks.push(chunk as Buffer);
		const channel = incoming.url ?? '';
		if (channel === HELD) {
			this.held.push(outgoing);
			return;
		}
		const records = JSON.parse(Buffer.concat(chunks).toString()) as IDataObject[];
		this.collected.set(channel, [...(this.collected.get(channel) ?? []), ...records]);
		await sleep(this.delayMs);
		outgoing.end('{}');
	}
}
