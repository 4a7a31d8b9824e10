import { sendPush } from '../push';
import type { PushAttempt, PushOptions } from '../push';
import { element, elements, returnSms } from './xml';

/** What the vendor pushes (SMS §5.2, §5.3). */
export const SMS_PUSH_KINDS = ['statusReport', 'reply'] as const;

export type SmsPushKind = (typeof SMS_PUSH_KINDS)[number];

const BOXES: Readonly<Record<SmsPushKind, string>> = {
	statusReport: 'statusbox',
	reply: 'callbox',
};

/** The body of a push: XML as the queries answer it, unsigned; `rows` are written as they are. */
export function buildPush(
	kind: SmsPushKind,
	rows: ReadonlyArray<Readonly<Record<string, string>>>,
): string {
	return returnSms(rows.map((row) => element(BOXES[kind], elements(row))));
}

/** What asks for another try (SMS §5.4). */
const AGAIN = 'error';

/** SMS §5.4, the first try included. */
export const SMS_PUSH_TRIES = 3;

export interface SendSmsPushOptions extends Pick<PushOptions, 'wait' | 'onAttempt'> {
	/** Default `text/xml; charset=utf-8`; the document names none. */
	contentType?: string;
	/** Milliseconds between two tries; default one minute, the document names none. */
	intervalMs?: number;
	/** Default 3. */
	maxTries?: number;
	headers?: Record<string, string>;
	/** Milliseconds to wait for an answer; default 30,000. */
	timeoutMs?: number;
}

/**
 * Posts a push, three times at most (SMS §5.4): again where the answer is `error` or none came. `1`
 * acknowledges; any other answer ends it too, whatever its status, but does not count as one.
 */
export async function sendSmsPush(
	url: string,
	body: string,
	options: SendSmsPushOptions = {},
): Promise<PushAttempt[]> {
	return await sendPush(url, body, {
		contentType: 'text/xml; charset=utf-8',
		acknowledgement: '1',
		again: ({ status, body: answer }) => status === undefined || answer === AGAIN,
		intervalMs: 60_000,
		maxTries: SMS_PUSH_TRIES,
		...options,
	});
}
