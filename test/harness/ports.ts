import { createServer } from 'node:net';

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
