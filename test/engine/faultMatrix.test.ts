/** Every operation against every fault. What was seen is written to docs/faults.md. */
import crypto from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { examplesOf } from '../examples';
import type { Language } from '../../scripts/support/markdown';
import { FAULT_PAGES, faultsPage, type SeenFault } from '../support/faultsPage';
import { ROOT } from '../support/package';
import { TABLES } from '../support/tables';
import {
	closeServers,
	credentialsAt,
	listenRaw,
	PASSWORD,
	PUSH_TOKEN,
	runNode,
} from './hostileVendor';
import { processedData } from './processedData';

/** For what never comes; what does come has all the time that a busy machine needs. */
const SHORT_TIMEOUT_MS = 150;
const LONG_TIMEOUT_MS = 30_000;

type Answer = (socket: Socket, credential: string) => void;

interface Fault {
	readonly fault: string;
	/** Whether an order or a message may have been acted on. */
	readonly isOpen: boolean;
	readonly answer?: Answer;
	/** Where the platform should be; by default a server that answers. */
	readonly baseUrl?: string;
	/** Whether it lasts until the time is up. */
	readonly isEndless?: true;
	/** Takes long: one operation of each vendor is enough. */
	readonly oncePerVendor?: boolean;
}

const replyWith =
	(
		status: string,
		body: string | Buffer,
		type = 'text/html',
		length = Buffer.byteLength(body),
	): Answer =>
	(socket) => {
		socket.write(
			`HTTP/1.1 ${status}\r\nContent-Type: ${type}\r\nContent-Length: ${length}\r\nConnection: close\r\n\r\n`,
		);
		socket.end(body);
	};

/** It looks before it acts, so that its first request can always be made again. */
const LOOKS_FIRST = 'device.diagnose';

/** How an error says that the platform may have acted on a request. */
const OPEN_WORDS = {
	local: /^$/,
	read: /^$/,
	consume: /do not come again/,
	send: /outcome/i,
	spend: /outcome/i,
} as const;

const page = (status: string): Answer =>
	replyWith(status, `<!DOCTYPE html><html><title>${status}</title><body>no</body></html>`);

const statusFault = (status: string, isOpen: boolean): Fault => ({
	fault: `HTTP ${status}`,
	isOpen,
	answer: page(status),
});

const XML = '<?xml version="1.0" encoding="utf-8"?><returnsms>';

/** A text in the format of the vendor. */
const inFormat =
	(json: string, xml: string): Answer =>
	(socket, credential) =>
		replyWith('200 OK', credential === 'smsPlatformApi' ? xml : json)(socket, credential);

const REFUSALS: Readonly<Record<string, string>> = {
	m2mCardApi: '{"status":"0013","message":"no","result":""}',
	simBatchApi: '{"state":false,"error":"no"}',
	smsPlatformApi: `${XML}<returnstatus>Faild</returnstatus><message>no</message></returnsms>`,
	trafficRechargeApi: '{"statusCode":"-203","statusMsg":"no"}',
};

const drip: Answer = (socket) => {
	socket.write('HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n{');
	const timer = setInterval(() => socket.write(' '), 40);
	socket.once('close', () => clearInterval(timer));
};

const FAULTS: readonly Fault[] = [
	{ fault: 'nobody listens', isOpen: false, baseUrl: 'http://127.0.0.1:1' },
	{ fault: 'the host is not known', isOpen: false, baseUrl: 'http://nowhere.invalid' },
	{ fault: 'Base URL is no address', isOpen: false, baseUrl: 'htp://127.0.0.1' },
	{ fault: 'reset before the reply', isOpen: true, answer: (socket) => socket.resetAndDestroy() },
	{
		fault: 'reset in the reply',
		isOpen: true,
		answer: (socket) =>
			socket.write('HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{', () =>
				setTimeout(() => socket.resetAndDestroy(), 20),
			),
	},
	{ fault: 'closed without a reply', isOpen: true, answer: (socket) => socket.end() },
	{ fault: 'no reply in time', isOpen: true, isEndless: true, answer: () => undefined },
	{ fault: 'a byte at a time, too slow', isOpen: true, isEndless: true, answer: drip },
	{ fault: 'no HTTP', isOpen: true, answer: (socket) => socket.end('SSH-2.0-OpenSSH\r\n') },
	{ fault: 'HTTP 200 without a body', isOpen: true, answer: replyWith('200 OK', '') },
	{ fault: 'HTTP 200 with a page', isOpen: true, answer: page('200 OK') },
	statusFault('301 Moved', false),
	statusFault('302 Found', false),
	statusFault('400 Bad Request', false),
	statusFault('401 Unauthorized', false),
	statusFault('403 Forbidden', false),
	statusFault('404 Not Found', false),
	statusFault('407 Proxy Authentication Required', false),
	statusFault('408 Request Timeout', true),
	statusFault('429 Too Many Requests', false),
	statusFault('500 Internal Server Error', true),
	statusFault('502 Bad Gateway', true),
	statusFault('503 Service Unavailable', true),
	statusFault('504 Gateway Timeout', true),
	{
		fault: 'bytes of no format',
		isOpen: true,
		answer: replyWith('200 OK', crypto.createHash('sha512').update('x').digest()),
	},
	{
		fault: 'a reply that is cut off',
		isOpen: true,
		answer: inFormat('{"status":"0000","state":true,"statusCode":0,"res', `${XML}<returnst`),
	},
	{
		fault: 'a reply nested 100,000 deep',
		isOpen: true,
		answer: inFormat('{"a":'.repeat(100_000), XML + '<a>'.repeat(100_000)),
	},
	{
		fault: 'a reply larger than 32 MB',
		isOpen: true,
		oncePerVendor: true,
		answer: replyWith('200 OK', Buffer.alloc(40 * 1024 * 1024, ' ')),
	},
	{
		fault: 'a refusal of the platform',
		isOpen: false,
		answer: (socket, credential) =>
			replyWith('200 OK', REFUSALS[credential] ?? '')(socket, credential),
	},
	{
		fault: 'a refusal under a wrong content type',
		isOpen: false,
		answer: (socket, credential) =>
			replyWith('200 OK', REFUSALS[credential] ?? '', 'image/png')(socket, credential),
	},
];

/** What fails for a card is a row of its own: see `manyCards.test.ts`. */
const ROWS_OF_THEIR_OWN = ['card.getMany'];

/** All that asks a platform, and fails as a whole. */
const operations = Object.entries(TABLES).flatMap(([node, table]) =>
	table.operations
		.filter(({ effect }) => effect !== 'local')
		.filter(({ resource, operation }) => !ROWS_OF_THEIR_OWN.includes(`${resource}.${operation}`))
		.map(({ resource, operation, effect, vendor }) => {
			const name = `${resource}.${operation}` as const;
			const { parameters, items } = examplesOf(node)[name] ?? {
				parameters: {} as INodeParameters,
				items: [],
			};
			const item: IDataObject = { requestId: '1', ...items?.[0] };
			const credential = vendor.credentialType;
			return { node, name, resource, operation, effect, credential, parameters, item };
		}),
);

type Asked = (typeof operations)[number];

/** An operation that is made of several requests asks for all of it at once. */
const MOST_REQUESTS = 3;

interface Seen {
	readonly code: string;
	readonly requests: number;
	/** All that the error says. */
	readonly text: string;
	/** The reply as it came, which an error keeps where the platform will not say it again. */
	readonly reply: string;
}

const md5 = (text: string): string => crypto.createHash('md5').update(text).digest('hex');
const SECRETS = [PASSWORD, PUSH_TOKEN, md5(PASSWORD), 'NewDemoPassword02'];

async function meet(asked: Asked, { answer, baseUrl, isEndless }: Fault): Promise<Seen> {
	processedData.clear();
	let requests = 0;
	const server = await listenRaw((socket) => {
		requests++;
		answer?.(socket, asked.credential);
	});
	const { resource, operation, parameters, credential, item } = asked;
	const timeout = isEndless ? SHORT_TIMEOUT_MS : LONG_TIMEOUT_MS;
	const options = { ...(parameters.options as INodeParameters | undefined), timeout };
	const all = { ...parameters, resource, operation, options };
	const data = credentialsAt(baseUrl ?? server.url)[credential] ?? {};
	const result = await runNode(asked.node, { [credential]: data }, all, {
		items: [item],
		onError: 'continueRegularOutput',
	});
	const { json = {} } = result.items[0] ?? {};
	const { reply, ...details } = (json.details ?? {}) as { code?: string; reply?: string };
	await closeServers();
	const text = JSON.stringify({ ...json, details });
	return { code: details.code ?? '', requests, text, reply: reply ?? '' };
}

const seen: SeenFault[] = [];

afterAll(closeServers);

describe.each(FAULTS)('$fault', (fault) => {
	const those = fault.oncePerVendor
		? [...new Map(operations.map((one) => [one.credential, one])).values()]
		: operations;

	test('is an error, of bounded length, without secrets, and no second request', async () => {
		const codes = new Set<string>();
		const most = { read: 0, consume: 0, send: 0, spend: 0, local: 0 };
		const wrong: unknown[] = [];
		for (const asked of those) {
			const { code, requests, text, reply } = await meet(asked, fault);
			// A piece that may belong to rows which do not come again is an item.
			if (asked.effect === 'consume' && text.startsWith('{"raw":')) continue;
			codes.add(code);
			most[asked.effect] = Math.max(most[asked.effect], requests);
			const mayRepeat = asked.effect === 'read' ? MOST_REQUESTS : 1;
			const isOpen = OPEN_WORDS[asked.effect].test(text);
			const canBeOpen = asked.effect !== 'read' && asked.name !== LOOKS_FIRST;
			const isRight =
				code !== '' &&
				code !== 'ERROR' &&
				requests <= (fault.answer ? mayRepeat : 0) &&
				text.length < 4_000 &&
				isOpen === (fault.isOpen && canBeOpen) &&
				!SECRETS.some((secret) => (text + reply).toLowerCase().includes(secret.toLowerCase()));
			if (!isRight) wrong.push({ name: asked.name, code, requests, isOpen, text });
		}
		seen.push({
			fault: fault.fault,
			codes: [...codes],
			isAsked: fault.answer !== undefined,
			isOpen: fault.isOpen,
		});
		expect(wrong).toEqual([]);
	});
});

test.each(Object.entries(FAULT_PAGES) as Array<[Language, string]>)(
	'the page of faults in %s tells what was seen',
	(language, page) => {
		const text = faultsPage(language, operations.length, seen);
		const file = join(ROOT, page);
		if (process.env.N8N_M2M_FAULTS === 'write') writeFileSync(file, text);
		expect(readFileSync(file, 'utf8')).toBe(text);
	},
);
