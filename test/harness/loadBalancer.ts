import {
	type IncomingMessage,
	type Server,
	type ServerResponse,
	createServer,
	request as send,
} from 'node:http';
import type { AddressInfo } from 'node:net';

const HOST = '127.0.0.1';

/**
 * Spreads requests over servers in turn, as a reverse proxy does: it leaves out those that are not
 * ready, and asks the next one where a connection is refused. A request that a server has taken is
 * not repeated: that is for the sender to decide.
 */
export class LoadBalancer {
	private readonly server: Server;
	private turn = 0;

	private constructor(private readonly readyPorts: () => readonly number[]) {
		this.server = createServer((incoming, outgoing) => void this.pass(incoming, outgoing));
	}

	static async start(readyPorts: () => readonly number[]): Promise<LoadBalancer> {
		const balancer = new LoadBalancer(readyPorts);
		await new Promise<void>((resolve) => balancer.server.listen(0, HOST, resolve));
		return balancer;
	}

	get url(): string {
		return `http://${HOST}:${(this.server.address() as AddressInfo).port}`;
	}

	async close(): Promise<void> {
		this.server.closeAllConnections();
		await new Promise((resolve) => this.server.close(resolve));
	}

	private async pass(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
		const chunks: Buffer[] = [];
		try {
			for await (const chunk of incoming) chunks.push(chunk as Buffer);
		} catch {
			return;
		}
		const body = Buffer.concat(chunks);
		const ports = this.readyPorts();
		const first = this.turn++;
		for (let tries = 0; tries < ports.length; tries++) {
			const port = ports[(first + tries) % ports.length] ?? 0;
			if (await passTo(port, incoming, body, outgoing)) return;
		}
		outgoing.writeHead(503).end();
	}
}

/** Whether the server took the request. */
async function passTo(
	port: number,
	incoming: IncomingMessage,
	body: Buffer,
	outgoing: ServerResponse,
): Promise<boolean> {
	const { method, url, headers } = incoming;
	return await new Promise((resolve) => {
		const target = send(
			{
				host: HOST,
				port,
				method,
				path: url,
				agent: false,
				headers: {
					...headers,
					connection: 'close',
					'x-forwarded-for': incoming.socket.remoteAddress ?? HOST,
				},
			},
			(answer) => {
				resolve(true);
				outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
				answer.on('error', () => outgoing.destroy());
				answer.pipe(outgoing);
			},
		);
		target.on('error', (error: NodeJS.ErrnoException) => {
			if (error.code === 'ECONNREFUSED') return resolve(false);
			if (outgoing.headersSent) outgoing.destroy();
			else outgoing.writeHead(502).end();
			resolve(true);
		});
		// A sender that hangs up is told to the server, as n8n takes notice of it.
		outgoing.once('close', () => outgoing.writableFinished || target.destroy());
		target.end(body);
	});
}
