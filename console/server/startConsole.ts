import { createAdaptorServer } from '@hono/node-server';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { createApp } from './http/app';
import type { ConsoleOptions } from './options';
import { Studio } from './studio';

const ALL_ADDRESSES = ['0.0.0.0', '::'];

/** A console that runs. */
export interface RunningConsole {
	/** Without a trailing slash. */
	readonly url: string;
	readonly port: number;
	close(): Promise<void>;
}

async function listen(server: Server, host: string, port: number): Promise<number> {
	await new Promise<void>((resolve, reject) => {
		server.once('error', (error: NodeJS.ErrnoException) => {
			reject(
				error.code === 'EADDRINUSE'
					? new Error(`Port ${port} on ${host} is in use, so the console cannot have it.`)
					: error,
			);
		});
		server.listen(port, host, resolve);
	});
	return (server.address() as AddressInfo).port;
}

/** Serves the console of simulated platforms that run. */
export async function startConsole(options: ConsoleOptions): Promise<RunningConsole> {
	const { host = '127.0.0.1', port = 0 } = options;
	const studio = new Studio(options);
	let url = '';
	const app = createApp(studio, options, () => url);
	const server = createAdaptorServer({ fetch: app.fetch }) as Server;
	try {
		const listening = await listen(server, host, port);
		const name = ALL_ADDRESSES.includes(host) ? 'localhost' : host;
		url = `http://${name.includes(':') ? `[${name}]` : name}:${listening}`;
		return {
			url,
			port: listening,
			async close() {
				studio.close();
				await new Promise<void>((resolve) => {
					server.close(() => resolve());
					server.closeAllConnections();
				});
			},
		};
	} catch (error) {
		studio.close();
		throw error;
	}
}
