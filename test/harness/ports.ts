import { createServer } from 'node:net';
import { Explained } from './failure';
import { localized } from './language.cjs';

const HOST = '127.0.0.1';

/** A port of this machine that nothing listens on at the moment. */
export async function freePort(): Promise<number> {
	const port = await listenOnce(0);
	if (port === undefined) throw new Error('No free port on this machine');
	return port;
}

/** Whether nothing listens on the port. */
export async function isPortFree(port: number): Promise<boolean> {
	return (await listenOnce(port)) !== undefined;
}

/** The port, when nothing listens on it; otherwise says that in a sentence. */
export async function requirePort(port: number): Promise<number> {
	if (await isPortFree(port)) return port;
	throw new Explained(
		localized(
			`Port ${port} is in use by another program. Stop that program, or choose another port.`,
			`端口 ${port} 已被其他程序占用。请停止该程序，或换一个端口。`,
		),
	);
}

/** The first free port from `first` on. */
export async function nextFreePort(first: number): Promise<number> {
	for (let port = first; port < first + 100; port++) {
		if (await isPortFree(port)) return port;
	}
	return await freePort();
}

async function listenOnce(port: number): Promise<number | undefined> {
	return await new Promise((resolve) => {
		const server = createServer();
		server.once('error', () => resolve(undefined));
		server.listen({ port, host: HOST, exclusive: true }, () => {
			const address = server.address();
			const found = typeof address === 'object' && address ? address.port : undefined;
			server.close(() => resolve(found));
		});
	});
}
