/** The answer to a request that n8n gives when it has stored what came of it. */

export const PLAIN_TEXT = 'text/plain; charset=utf-8';
export const HTML = 'text/html; charset=utf-8';

/** What this needs of Express' response. */
export interface OutgoingAnswer {
	statusCode: number;
	setHeader(name: string, value: string): unknown;
	removeHeader(name: string): void;
	end(...body: unknown[]): unknown;
}

interface Refusal {
	/** In place of n8n's. */
	readonly status?: number;
	readonly contentType: string;
	readonly body: string;
}

/**
 * Tells when n8n answers, and whether it has stored the execution. Node's own events tell it only
 * where the sender still waits for the answer. Where n8n could not store it, whoever asks gets the
 * refusal in place of n8n's own words.
 */
export function followAnswer(
	answer: OutgoingAnswer,
	{ status, contentType, body: refusal }: Refusal,
	onAnswer: (isStored: boolean) => void,
): void {
	const { end } = answer;
	answer.end = (...body) => {
		answer.end = end;
		const isStored = answer.statusCode === 200;
		onAnswer(isStored);
		if (isStored) return answer.end(...body);
		for (const name of ['content-length', 'etag']) answer.removeHeader(name);
		answer.statusCode = status ?? answer.statusCode;
		answer.setHeader('content-type', contentType);
		return answer.end(refusal);
	};
}
