import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { m2mSign } from '../../simulator';

export interface Receiver {
	readonly url: string;
	/** The bodies that came in, by path. */
	readonly bodies: Array<{ path: string; body: string }>;
	close(): Promise<void>;
}

/** What stands where n8n would: it takes pushes that are signed rightly, and any call below `/call`. */
export async function startReceiver(password: string): Promise<Receiver> {
	const bodies: Receiver['bodies'] = [];
	const server = createServer((request, response) => {
		let body = '';
		request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
		request.on('end', () => {
			const path = request.url ?? '';
			bodies.push({ path, body });
			const isTaken = path.startsWith('/call') || isAuthentic(body, password);
			response.writeHead(isTaken ? 200 : 401).end(isTaken ? 'OK' : 'FAIL');
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}`,
		bodies,
		async close() {
			server.closeAllConnections();
			await new Promise<void>((resolve) => server.close(() => resolve()));
		},
	};
}

/** As the receiver of a push of the M2M platform verifies it (M2M §3.1.1). */
function isAuthentic(body: string, password: string): boolean {
	const { requesttime, msgtype, count, sign } = JSON.parse(body) as Record<string, string>;
	return sign === m2mSign(password, requesttime ?? '', [msgtype ?? '', count ?? '']);
}
