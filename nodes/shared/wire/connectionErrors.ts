/** What can happen below HTTP, in words. */
import { failureBeforeSending, type BeforeSending } from '../contracts/clearRefusals';
import { VendorError } from '../contracts/errors';

interface Description {
	readonly summary: (vendorName: string) => string;
	readonly advice: string;
}

/** With the latter two, the request may have arrived. */
type Failure = BeforeSending | 'TIMEOUT' | 'CONNECTION_LOST';

const DESCRIPTIONS: Readonly<Record<Failure, Description>> = {
	UNREACHABLE: {
		summary: (vendor) => `${vendor} could not be reached`,
		advice:
			'Nothing was sent. Check Base URL in the credential (host and port), and whether this n8n may connect to it: firewall, proxy, DNS.',
	},
	CERTIFICATE: {
		summary: (vendor) => `The TLS certificate of ${vendor} is not valid`,
		advice: 'Nothing was sent. Check Base URL in the credential: host name, and http or https.',
	},
	INVALID_URL: {
		summary: (vendor) => `The address of ${vendor} is not valid`,
		advice: 'Nothing was sent. Write Base URL in the credential like http://host:port.',
	},
	TIMEOUT: {
		summary: (vendor) => `${vendor} did not answer in time`,
		advice: 'Where that happens often, raise Timeout in the options of the node.',
	},
	CONNECTION_LOST: {
		summary: (vendor) => `The connection to ${vendor} broke before its reply was complete`,
		advice: 'The platform, or a network or proxy in between, broke it off.',
	},
};

/** The error and what it wraps, outermost first: n8n wraps the client's error, which wraps Node's. */
function* causeChain(error: unknown): Generator<object> {
	let layer = error;
	for (let depth = 0; depth < 8 && typeof layer === 'object' && layer !== null; depth++) {
		yield layer;
		layer =
			('cause' in layer && layer.cause) ||
			('errorResponse' in layer && layer.errorResponse) ||
			null;
	}
}

/**
 * All that the layers say of what happened. n8n 1 drops the wrapped error and its code, and keeps
 * only its message, in `messages`. Where a host has several addresses, Node tells of each in `errors`.
 */
const messagesIn = (error: unknown): string =>
	[...causeChain(error)]
		.flatMap((layer) => [
			'code' in layer && layer.code,
			'httpCode' in layer && layer.httpCode,
			...('messages' in layer && Array.isArray(layer.messages) ? layer.messages : []),
			...('errors' in layer && Array.isArray(layer.errors) ? layer.errors.map(String) : []),
			'message' in layer && layer.message,
		])
		.filter((word) => typeof word === 'string')
		.join('\n');

const TIMED_OUT = /\b(?:ECONNABORTED|ESOCKETTIMEDOUT)\b|timeout of \d+\s*ms|timed? ?out/i;

/**
 * Says in words why no reply came. The original error is not kept: it holds the signed request.
 *
 * @param error whatever the HTTP client threw
 */
export function toConnectionError(error: unknown, vendorName: string): VendorError {
	const words = messagesIn(error);
	const early = failureBeforeSending(words);
	// What says nothing is a lost connection.
	const code: Failure = early ?? (TIMED_OUT.test(words) ? 'TIMEOUT' : 'CONNECTION_LOST');
	const { summary, advice } = DESCRIPTIONS[code];
	const outcomeUnknown = early === undefined;
	return new VendorError(summary(vendorName), { code, advice, outcomeUnknown });
}
