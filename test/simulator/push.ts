import * as http from 'node:http';
import * as https from 'node:https';
import { setTimeout as sleep } from 'node:timers/promises';

export interface PushOptions {
	contentType: string;
	/** The body that counts as received, exactly. */
	acknowledgement: string;
	/** Whether the vendor tries again after this attempt; default: unless it was acknowledged. */
	again?: (made: PushAttempt) => boolean;
	/** Milliseconds between two tries. */
	intervalMs: number;
	/** The first one included. */
	maxTries: number;
	/** Milliseconds to wait for an answer; default 30,000. */
	timeoutMs?: number;
	headers?: Record<string, string>;
	/** How the time between two tries is waited for; default: a timer. */
	wait?: (milliseconds: number) => Promise<unknown>;
	/** Told of each try as it ends, with the body that went out. */
	onAttempt?: (made: PushAttempt, body: string) => void;
}

export interface PushAttempt {
	/** Milliseconds since 1970. */
	sentAt: number;
	/** HTTP status, undefined when no answer came. */
	status?: number;
	body: string;
	acknowledged: boolean;
	/** Why no answer came. */
	error?: string;
}

/** What counts as received is a word; of a longer answer so much tells what it was. */
const MAX_ANSWER_BYTES = 64 * 1024;

async function post(
	url: string,
	body: string,
	headers: Record<string, string>,
	timeoutMs: number,
): Promise<{ status?: number; body: string }> {
	const { request } = url.startsWith('https:') ? https : http;
	return await new Promise((resolve, reject) => {
		// No agent: each push has a connection of its own, and none stays open after it.
		const outgoing = request(url, { method: 'POST', headers, agent: false }, (incoming) => {
			const chunks: Buffer[] = [];
			let length = 0;
			const end = () => {
				resolve({ status: incoming.statusCode, body: Buffer.concat(chunks).toString('utf8') });
			};
			incoming.on('data', (chunk: Buffer) => {
				chunks.push(chunk);
				length += chunk.length;
				if (length < MAX_ANSWER_BYTES) return;
				end();
				incoming.destroy();
			});
			incoming.on('error', reject);
			incoming.on('end', end);
		});
		// From the start to the end, as an answer may also come drop by drop.
		const timer = setTimeout(() => {
			outgoing.destroy(new Error(`No answer within ${timeoutMs} ms`));
		}, timeoutMs);
		outgoing.on('close', () => clearTimeout(timer));
		outgoing.on('error', reject);
		outgoing.end(body);
	});
}

async function attempt(url: string, body: string, options: PushOptions): Promise<PushAttempt> {
	const sentAt = Date.now();
	const headers = {
		'content-type': options.contentType,
		'content-length': String(Buffer.byteLength(body)),
		...options.headers,
	};
	try {
		const answer = await post(url, body, headers, options.timeoutMs ?? 30_000);
		return { sentAt, ...answer, acknowledged: answer.body === options.acknowledgement };
	} catch (error) {
		// Node leaves the message of a refused connection to "localhost" empty.
		const { message, code } = error as NodeJS.ErrnoException;
		return { sentAt, body: '', acknowledged: false, error: message || code || 'No answer' };
	}
}

/**
 * Posts a push until its receiver acknowledges it or the tries are used up, and tells how each try
 * went. A `body` function is asked before each try, for vendors that stamp each one anew.
 */
export async function sendPush(
	url: string,
	body: string | (() => string),
	options: PushOptions,
): Promise<PushAttempt[]> {
	const { wait = sleep } = options;
	const attempts: PushAttempt[] = [];
	while (attempts.length < options.maxTries) {
		if (attempts.length > 0) await wait(options.intervalMs);
		const sent = typeof body === 'string' ? body : body();
		const made = await attempt(url, sent, options);
		attempts.push(made);
		options.onAttempt?.(made, sent);
		if (!(options.again?.(made) ?? !made.acknowledged)) break;
	}
	return attempts;
}
