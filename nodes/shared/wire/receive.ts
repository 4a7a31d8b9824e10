/** One call from its start to the last byte of its reply, within its time and in bounded memory. */
import { VendorError } from '../contracts/errors';
import { createTimeoutError, toConnectionError } from './connectionErrors';
import { MAX_BODY_BYTES } from './decodeBody';
import { isRecord, toText } from './values';

/** A reply as it came. */
export interface Received {
	readonly status: number;
	readonly contentType: string;
	readonly bytes: Uint8Array;
	/** Why the rest of the body did not come. */
	readonly failure?: VendorError;
}

/** A body on its way, unpacked by n8n's helper while it is read. */
interface Stream extends AsyncIterable<Uint8Array | string> {
	destroy(): void;
	on(event: 'error', listener: () => void): void;
}

const isStream = (body: unknown): body is Stream =>
	isRecord(body) && typeof body.destroy === 'function' && Symbol.asyncIterator in body;

const createTooLargeError = (vendorName: string): VendorError =>
	new VendorError(`The reply of ${vendorName} is larger than ${MAX_BODY_BYTES / 1024 / 1024} MB`, {
		code: 'REPLY_TOO_LARGE',
		advice: 'Ask for fewer rows at a time, and check Base URL in the credential.',
		outcomeUnknown: true,
	});

interface Body {
	readonly bytes: Uint8Array;
	/** What ended it too soon. */
	readonly error?: unknown;
}

/** Whatever ends the reading, no more of the body comes in: the connection is closed. */
async function readStream(stream: Stream, signal: AbortSignal, vendorName: string): Promise<Body> {
	const stop = () => stream.destroy();
	// What is wrong with the stream is told by reading it.
	stream.on('error', () => undefined);
	signal.addEventListener('abort', stop);
	if (signal.aborted) stop();
	const chunks: Uint8Array[] = [];
	let left = MAX_BODY_BYTES;
	try {
		for await (const chunk of stream) {
			const bytes = Buffer.from(chunk);
			chunks.push(bytes.subarray(0, left));
			left -= bytes.length;
			if (left < 0) throw createTooLargeError(vendorName);
		}
		// Where neither a length nor chunks tell the end of a body, any end of the connection looks like it.
		signal.throwIfAborted();
		return { bytes: Buffer.concat(chunks) };
	} catch (error) {
		return { bytes: Buffer.concat(chunks), error };
	} finally {
		signal.removeEventListener('abort', stop);
	}
}

async function readBody(body: unknown, signal: AbortSignal, vendorName: string): Promise<Body> {
	if (isStream(body)) return await readStream(body, signal, vendorName);
	const bytes = body instanceof Uint8Array ? body : Buffer.from(toText(body));
	return bytes.length > MAX_BODY_BYTES
		? { bytes, error: createTooLargeError(vendorName) }
		: { bytes };
}

/** Gives up on what does not heed the signal, too. */
const unlessAborted = async <Value>(work: Promise<Value>, signal: AbortSignal): Promise<Value> => {
	const aborted = new Promise<never>((_resolve, reject) => {
		signal.addEventListener('abort', () => reject(new Error('aborted')));
	});
	return await Promise.race([work, aborted]);
};

/** The calls that a signal ends: one listener for all of them, as Node.js warns of more than ten. */
const callsBySignal = new WeakMap<AbortSignal, Set<AbortController>>();

function callsEndedBy(signal: AbortSignal): Set<AbortController> {
	const known = callsBySignal.get(signal);
	if (known !== undefined) return known;
	const calls = new Set<AbortController>();
	signal.addEventListener('abort', () => {
		for (const call of calls) call.abort();
	});
	callsBySignal.set(signal, calls);
	return calls;
}

/**
 * Starts a call, and reads what n8n's helper gives of its reply with the full response asked for; the
 * body may be a stream, bytes or a text.
 *
 * @param timeoutMs from the start to the last byte of the reply
 * @param cancelled ends the call as well
 * @param start is handed what ends the call; the request must heed it
 * @throws VendorError when not even the head of a reply came
 */
export async function receive(
	vendorName: string,
	timeoutMs: number,
	cancelled: AbortSignal | undefined,
	start: (signal: AbortSignal) => Promise<unknown>,
): Promise<Received> {
	const deadline = AbortSignal.timeout(timeoutMs);
	// Not `AbortSignal.any`: the signal of an execution would remember each of its calls.
	const call = new AbortController();
	const end = () => call.abort();
	deadline.addEventListener('abort', end);
	const calls = cancelled && callsEndedBy(cancelled);
	calls?.add(call);
	const toFailure = (error: unknown): VendorError => {
		if (error instanceof VendorError) return error;
		return deadline.aborted ? createTimeoutError(vendorName) : toConnectionError(error, vendorName);
	};
	try {
		if (cancelled?.aborted) end();
		const reply = await unlessAborted(start(call.signal), call.signal);
		const { statusCode, headers, body } = isRecord(reply) ? reply : {};
		const { bytes, error } = await readBody(body, call.signal, vendorName);
		return {
			status: Number(statusCode) || 200,
			contentType: isRecord(headers) ? toText(headers['content-type']) : '',
			bytes,
			...(error === undefined ? {} : { failure: toFailure(error) }),
		};
	} catch (error) {
		throw toFailure(error);
	} finally {
		deadline.removeEventListener('abort', end);
		calls?.delete(call);
	}
}
