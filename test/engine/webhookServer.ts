/** HTTP as n8n's webhook server hands it to a node: its additions to the request, and Express' own. */
import { createServer, request as httpRequest } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createGunzip } from 'node:zlib';

/** A request as a node gets it. */
export type WebhookRequest = IncomingMessage & {
	ip: string;
	path: string;
	query: Record<string, string | string[]>;
	params: Record<string, string>;
	body: unknown;
	contentType?: string;
	rawBody?: Buffer;
	readRawBody(): Promise<void>;
};

/** A response as a node gets it: what n8n and nodes use of Express. */
export type WebhookResponse = ServerResponse & {
	status(code: number): WebhookResponse;
	type(contentType: string): WebhookResponse;
	send(body: string): WebhookResponse;
	json(value: unknown): WebhookResponse;
};

function queryOf(url: URL): WebhookRequest['query'] {
	const names = [...new Set(url.searchParams.keys())];
	return Object.fromEntries(
		names.map((name) => {
			const values = url.searchParams.getAll(name);
			return [name, values.length === 1 ? (values[0] ?? '') : values];
		}),
	);
}

/** @param proxyHops how many proxies are trusted, as N8N_PROXY_HOPS says */
function addressOf(incoming: IncomingMessage, proxyHops: number): string {
	const forwarded = String(incoming.headers['x-forwarded-for'] ?? '').split(/\s*,\s*/);
	const socket = incoming.socket.remoteAddress ?? '';
	return proxyHops > 0 ? forwarded.at(-proxyHops) || socket : socket;
}

async function bytesOf(incoming: IncomingMessage): Promise<Buffer> {
	const isZipped = incoming.headers['content-encoding'] === 'gzip';
	const chunks: Buffer[] = [];
	for await (const chunk of isZipped ? incoming.pipe(createGunzip()) : incoming) {
		chunks.push(Buffer.from(chunk as Uint8Array));
	}
	return Buffer.concat(chunks);
}

function asRequest(incoming: IncomingMessage, proxyHops: number): WebhookRequest {
	const url = new URL(incoming.url ?? '/', 'http://n8n');
	const request: WebhookRequest = Object.assign(incoming, {
		ip: addressOf(incoming, proxyHops),
		path: url.pathname,
		query: queryOf(url),
		params: {},
		body: {},
		contentType: incoming.headers['content-type']?.split(';')[0]?.toLowerCase(),
		readRawBody: async () => {
			request.rawBody ??= await bytesOf(incoming);
		},
	});
	return request;
}

function asResponse(outgoing: ServerResponse): WebhookResponse {
	const setType = (contentType: string): void => {
		const isText = contentType.startsWith('text/') && !contentType.includes('charset');
		outgoing.setHeader('content-type', isText ? `${contentType}; charset=utf-8` : contentType);
	};
	const response: WebhookResponse = Object.assign(outgoing, {
		status: (code: number) => {
			outgoing.statusCode = code;
			return response;
		},
		type: (contentType: string) => {
			setType(contentType);
			return response;
		},
		send: (body: string) => {
			if (!outgoing.hasHeader('content-type')) setType('text/html');
			outgoing.end(body);
			return response;
		},
		json: (value: unknown) => {
			setType('application/json; charset=utf-8');
			outgoing.end(JSON.stringify(value));
			return response;
		},
	});
	return response;
}

/** n8n refuses what it cannot parse itself, before any node sees it. */
export class UnprocessableBody extends Error {}

const isParsed = (contentType = ''): boolean =>
	/^(?:application\/json|text\/plain|application\/x-www-form-urlencoded)|[/+]xml$/.test(
		contentType,
	);

/**
 * Reads the body as n8n does: forms are taken apart, the rest is kept as bytes. From version 2 on of
 * a node, a content type that n8n does not know is left for the node to read.
 *
 * @throws UnprocessableBody
 */
export async function readBody(request: WebhookRequest, nodeVersion: number): Promise<void> {
	const { contentType, headers } = request;
	if (contentType === 'multipart/form-data') {
		const whole = new Response(new Uint8Array(await bytesOf(request)), {
			headers: { 'content-type': String(headers['content-type']) },
		});
		request.body = { data: Object.fromEntries(await whole.formData()), files: {} };
		return;
	}
	if (nodeVersion > 1 && !isParsed(contentType)) return;
	await request.readRawBody();
	if (!isParsed(contentType) || !request.rawBody?.length) return;
	const [, charset = 'utf-8'] = /charset="?([^";\s]+)/i.exec(String(headers['content-type'])) ?? [];
	try {
		// It knows no other labels than Node's own.
		const text = request.rawBody.toString(charset.toLowerCase() as BufferEncoding);
		if (contentType === 'application/json') request.body = JSON.parse(text.replace(/^\ufeff/, ''));
	} catch {
		throw new UnprocessableBody('Failed to parse request body');
	}
}

export interface WebhookServer {
	readonly url: string;
	close(): Promise<void>;
}

/** Serves webhooks on a free port of this machine. */
export async function startWebhookServer(
	proxyHops: number,
	handle: (request: WebhookRequest, response: WebhookResponse) => void,
): Promise<WebhookServer> {
	const server = createServer((incoming, outgoing) =>
		handle(asRequest(incoming, proxyHops), asResponse(outgoing)),
	);
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}`,
		close: async () => {
			await new Promise<void>((resolve) => {
				server.close(() => resolve());
				server.closeAllConnections();
			});
		},
	};
}

export interface Answer {
	readonly status: number;
	readonly text: string;
	readonly contentType: string;
}

/** Posts a body on a connection of its own. */
export async function post(
	url: string,
	body: string | Uint8Array,
	headers: Readonly<Record<string, string>>,
	signal?: AbortSignal,
): Promise<Answer> {
	return await new Promise((resolve, reject) => {
		const options = { method: 'POST', headers, agent: false, ...(signal ? { signal } : {}) };
		const outgoing = httpRequest(url, options, (incoming) => {
			bytesOf(incoming).then(
				(bytes) =>
					resolve({
						status: incoming.statusCode ?? 0,
						text: bytes.toString('utf8'),
						contentType: incoming.headers['content-type'] ?? '',
					}),
				reject,
			);
		});
		outgoing.on('error', reject);
		outgoing.end(body);
	});
}
