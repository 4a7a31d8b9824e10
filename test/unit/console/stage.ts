import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { startConsole } from '../../../console';
import type { ConsoleOptions, RunningConsole } from '../../../console';
import type { ConsoleEvents } from '../../../console/api';
import {
	closeVendors,
	startM2mSimulator,
	startSimBatchSimulator,
	startSmsPlatformSimulator,
	startTrafficSimulator,
} from '../../simulator';
import type { Simulators } from '../../simulator';
import { until } from '../../support/until';

/** All platforms with a console, as a browser asks it. */
export interface Stage {
	vendors: Simulators;
	running: RunningConsole;
	url: string;
	get<Answer>(path: string): Promise<Answer>;
	send<Answer>(method: string, path: string, body?: unknown): Promise<Answer>;
	/** The status and the error of what cannot be done. */
	refusal(method: string, path: string, body?: unknown): Promise<[number, string]>;
	close(): Promise<void>;
}

async function request(url: string, method: string, body?: unknown): Promise<Response> {
	return await fetch(url, {
		method,
		...(body !== undefined && { body: JSON.stringify(body) }),
	});
}

/** @param cards how many there are */
export async function openStage(
	options: Partial<ConsoleOptions> = {},
	cards = 300,
): Promise<Stage> {
	const vendors: Simulators = {
		m2m: await startM2mSimulator({ cards, deliveryDelayMs: 5, seedReplies: false }),
		simBatch: await startSimBatchSimulator({ cards }),
		smsPlatform: await startSmsPlatformSimulator({ deliveryDelayMs: 5, seedReplies: false }),
		trafficRecharge: await startTrafficSimulator({ orderDelayMs: 5 }),
	};
	const running = await startConsole({ vendors, pushIntervalMs: 20, ...options });
	const api = `${running.url}/api`;
	const send = async <Answer>(method: string, path: string, body?: unknown): Promise<Answer> => {
		const response = await request(api + path, method, body);
		const text = await response.text();
		if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
		return JSON.parse(text) as Answer;
	};
	return {
		vendors,
		running,
		url: running.url,
		get: async (path) => await send('GET', path),
		send,
		async refusal(method, path, body) {
			const response = await request(api + path, method, body);
			const { error } = (await response.json()) as { error: { en: string; zh: string } };
			if (error.zh === '') throw new Error('There is no Chinese');
			return [response.status, error.en];
		},
		async close() {
			await running.close();
			await closeVendors(vendors);
		},
	};
}

export interface Heard {
	name: keyof ConsoleEvents;
	data: unknown;
}

/** Listens to what happens as a browser does. */
export async function listen(url: string) {
	const leaving = new AbortController();
	const response = await fetch(`${url}/api/events`, { signal: leaving.signal });
	const heard: Heard[] = [];
	let text = '';
	const read = async () => {
		if (!response.body) return;
		for await (const chunk of response.body) {
			text += Buffer.from(chunk as Uint8Array).toString('utf8');
			const parts = text.split('\n\n');
			text = parts.pop() ?? '';
			for (const part of parts) {
				const [, name, data] = /^event: (\w+)\ndata: (.*)$/s.exec(part) ?? [];
				if (name === undefined || data === undefined) continue;
				heard.push({ name: name as keyof ConsoleEvents, data: JSON.parse(data) });
			}
		}
	};
	const ended = read().catch(() => undefined);
	return {
		response,
		heard,
		/** All that was heard of a kind, once there is one that fits. */
		async of<Name extends keyof ConsoleEvents>(
			name: Name,
			fits: (data: ConsoleEvents[Name]) => boolean = () => true,
		): Promise<Array<ConsoleEvents[Name]>> {
			const all = () =>
				heard.filter((one) => one.name === name).map(({ data }) => data as ConsoleEvents[Name]);
			await until(() => all().some(fits));
			return all();
		},
		async leave() {
			leaving.abort();
			await ended;
		},
	};
}

/** Takes pushes as n8n does, and keeps them. */
export async function openReceiver(answer: (body: string) => string = () => 'OK') {
	const bodies: string[] = [];
	const paths: string[] = [];
	const server = createServer((incoming, outgoing) => {
		let body = '';
		incoming.on('data', (chunk: Buffer) => (body += chunk.toString('utf8')));
		incoming.on('end', () => {
			bodies.push(body);
			paths.push(incoming.url ?? '');
			outgoing.end(answer(body));
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		bodies,
		paths,
		async close() {
			server.closeAllConnections();
			await new Promise<void>((resolve) => server.close(() => resolve()));
		},
	};
}
