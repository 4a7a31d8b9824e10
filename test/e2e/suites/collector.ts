import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

/** Where workflows report what they worked on, so that it is counted whatever n8n keeps of them. */
export interface Collector {
	readonly url: string;
	/** What was posted, each a JSON value, in order of arrival. */
	readonly received: readonly unknown[];
	/** How long it takes to answer. */
	delayMs: number;
	/** What it answers. */
	answer: object;
	close(): Promise<void>;
}

/** Listens for posts of JSON on a free port. */
export async function startCollector(): Promise<Collector> {
	const received: unknown[] = [];
	const server = createServer((incoming, outgoing) => {
		json(incoming)
			.then((value) => {
				received.push(value);
				outgoing.setHeader('content-type', 'application/json');
				setTimeout(() => outgoing.end(JSON.stringify(collector.answer)), collector.delayMs).unref();
			})
			// Its sender was killed in the middle of it.
			.catch(() => outgoing.destroy());
	});
	await new Promise<void>((resolve) => {
		server.listen(0, '127.0.0.1', resolve);
	});
	const { port } = server.address() as AddressInfo;
	const collector: Collector = {
		url: `http://127.0.0.1:${port}/`,
		received,
		delayMs: 0,
		answer: {},
		async close() {
			await new Promise<void>((resolve) => {
				server.close(() => resolve());
				server.closeAllConnections();
			});
		},
	};
	return collector;
}
