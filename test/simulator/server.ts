import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';

import { answerControl, CONTROL_PATH } from './controls';
import { Delays, Latency } from './delays';
import { Faults } from './faults';
import type { Fault } from './faults';
import { notFoundPage, serverErrorPage } from './replies';
import { RequestLog } from './requestLog';
import type { Exchange } from './requestLog';
import type { SimulatorReply, SimulatorRequest, VendorBackend } from './types';

export interface ServerOptions {
	/** Default `127.0.0.1`. */
	host?: string;
	/** Default 0: any free port. */
	port?: number;
	/** A path before all of the vendor's, e.g. `/gateway`; default none. */
	basePath?: string;
	/** Milliseconds each reply is held back; default 0. */
	latencyMs?: number;
	/** By up to how many milliseconds a reply comes sooner or later than that; default 0. */
	jitterMs?: number;
}

/** A running simulator, whatever the vendor. */
export interface SimulatorServer {
	/** Base URL with the base path, without a trailing slash. */
	readonly url: string;
	readonly port: number;
	readonly requests: RequestLog;
	readonly faults: Faults;
	/** Milliseconds each reply is held back; may be changed at any time. */
	latencyMs: number;
	/** By up to how many milliseconds a reply comes sooner or later; may be changed at any time. */
	jitterMs: number;
	/** Above how many open requests replies come late; may be changed at any time. */
	chokeAbove: number;
	/** Ends everything at once: open requests are cut off, no timer stays. */
	close(): Promise<void>;
}

async function readText(incoming: IncomingMessage): Promise<string> {
	const chunks: Buffer[] = [];
	for await (const chunk of incoming) chunks.push(Buffer.from(chunk as Uint8Array));
	return Buffer.concat(chunks).toString('utf8');
}

/** The first half of a text's bytes. */
function firstHalf(text: string) {
	const bytes = Buffer.from(text, 'utf8');
	return bytes.subarray(0, Math.floor(bytes.length / 2));
}

function send(
	outgoing: ServerResponse,
	{ status, headers, body }: SimulatorReply,
	bytes = Buffer.from(body, 'utf8'),
): void {
	if (outgoing.destroyed) return;
	outgoing.writeHead(status, { ...headers, 'content-length': bytes.length });
	outgoing.end(bytes);
}

async function listen(server: Server, host: string, port: number): Promise<number> {
	await new Promise<void>((resolve, reject) => {
		server.once('error', (error: NodeJS.ErrnoException) => {
			reject(
				error.code === 'EADDRINUSE'
					? new Error(
							`Port ${port} on ${host} is in use. Stop the program that uses it, or choose another port.`,
						)
					: error,
			);
		});
		server.listen(port, host, resolve);
	});
	const address = server.address();
	if (address === null || typeof address === 'string') throw new Error('The server has no port');
	return address.port;
}

/** The part of the URL's path that the vendor sees; undefined outside of the base path. */
function vendorPath(pathname: string, basePath: string): string | undefined {
	return pathname.startsWith(`${basePath}/`) ? pathname.slice(basePath.length) : undefined;
}

/**
 * Serves a vendor over HTTP, with a log of requests, latency, faults and the control endpoints. The
 * same seed gives the same jitter.
 */
export async function startServer(
	backend: VendorBackend,
	options: ServerOptions = {},
	seed = 1,
): Promise<SimulatorServer> {
	const host = options.host ?? '127.0.0.1';
	const basePath = (options.basePath ?? '').replace(/\/+$/, '');
	const latency = new Latency(seed, options.latencyMs ?? 0, options.jitterMs ?? 0);
	const requests = new RequestLog();
	const faults = new Faults();
	const delays = new Delays();

	/** Acts as the vendor does under the fault, where it is one of the vendor's settings. */
	const under = <Result>(fault: Fault | undefined, act: () => Result): Result => {
		const kind = fault?.fault;
		const isSetting = kind === 'refuse-ip' || kind === 'wrong-signature';
		return isSetting && backend.under ? backend.under(kind, act) : act();
	};

	const answer = async (
		request: SimulatorRequest,
		fault: Fault | undefined,
		outgoing: ServerResponse,
		note: (reply: SimulatorReply) => void,
	): Promise<void> => {
		switch (fault?.fault) {
			case 'hang':
				return;
			case 'reset':
				outgoing.socket?.resetAndDestroy();
				return;
			case 'reset-after':
				backend.handle(request);
				outgoing.socket?.resetAndDestroy();
				return;
		}
		const reply = under(fault, () => replyUnder(backend, request, fault));
		await delays.wait(latency.next(requests.open));
		if (fault?.fault === 'slow') await delays.wait(Number(fault.value));
		const bytes = fault?.fault === 'truncated' ? firstHalf(reply.body) : undefined;
		note(bytes ? { ...reply, body: bytes.toString('utf8') } : reply);
		send(outgoing, reply, bytes);
	};

	/** Tells those who listen of a request; gives what is to be called with its reply. */
	const tell = (
		request: SimulatorRequest,
		fault: Fault | undefined,
		outgoing: ServerResponse,
	): ((reply: SimulatorReply) => void) => {
		if (!requests.arrived.isHeard) return () => undefined;
		const explanation = under(fault, () => backend.explain?.(request));
		const exchange: Exchange = { request, fault: fault?.fault, explanation };
		requests.arrived.emit(exchange);
		outgoing.once('close', () => {
			exchange.endedAt = Date.now();
			if (!outgoing.writableFinished) delete exchange.reply;
			requests.ended.emit(exchange);
		});
		return (reply) => (exchange.reply = reply);
	};

	const serve = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
		const arrivedAt = Date.now();
		const { pathname, search } = new URL(incoming.url ?? '/', 'http://simulator');
		const method = incoming.method ?? 'GET';
		const ofVendor = vendorPath(pathname, basePath);
		const path = ofVendor ?? pathname;
		if (path.startsWith(`${CONTROL_PATH}/`)) {
			const steered = { backend, faults, requests, latency };
			send(outgoing, answerControl(steered, method, path, await readText(incoming)));
			return;
		}
		const leave = requests.enter();
		// `finish` for the replies sent, before their client can ask again; `close` for all the others.
		outgoing.once('finish', leave).once('close', leave);
		const body = await readText(incoming);
		const { headers } = incoming;
		const request = { method, path, query: search, headers, body, arrivedAt };
		requests.add(request);
		const fault = ofVendor === undefined ? undefined : faults.take(request);
		const note = tell(request, fault, outgoing);
		if (ofVendor !== undefined) return await answer(request, fault, outgoing, note);
		const reply = notFoundPage();
		note(reply);
		send(outgoing, reply);
	};

	const server = createServer((incoming, outgoing) => {
		serve(incoming, outgoing).catch((error: unknown) => {
			// A client that hangs up in the middle of its request is no news.
			if (incoming.destroyed && !incoming.complete) return;
			const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
			process.stderr.write(`The simulator itself failed: ${message}\n`);
			if (!outgoing.headersSent) send(outgoing, serverErrorPage());
		});
	});
	// Longer than clients keep idle connections, so that none is closed under a request.
	server.keepAliveTimeout = 65_000;
	const port = await listen(server, host, options.port ?? 0);

	return {
		url: `http://${host.includes(':') ? `[${host}]` : host}:${port}${basePath}`,
		port,
		requests,
		faults,
		get latencyMs() {
			return latency.ms;
		},
		set latencyMs(ms: number) {
			latency.change(ms, latency.jitter);
		},
		get jitterMs() {
			return latency.jitter;
		},
		set jitterMs(ms: number) {
			latency.change(latency.ms, ms);
		},
		get chokeAbove() {
			return latency.chokeAbove;
		},
		set chokeAbove(open: number) {
			latency.change(latency.ms, latency.jitter, open);
		},
		async close() {
			delays.callOff();
			backend.close?.();
			await new Promise<void>((resolve) => {
				server.close(() => resolve());
				server.closeAllConnections();
			});
		},
	};
}

/** The vendor's reply, or what a fault puts in its place without the vendor seeing the request. */
function replyUnder(
	backend: VendorBackend,
	request: SimulatorRequest,
	fault: Fault | undefined,
): SimulatorReply {
	switch (fault?.fault) {
		case 'http-500':
			return serverErrorPage();
		case 'http-404':
			return notFoundPage();
		case 'empty':
			return { status: 200, headers: { 'content-type': 'text/html; charset=utf-8' }, body: '' };
		case 'code':
			return backend.refusal(String(fault.value), request);
		default:
			return backend.handle(request);
	}
}
