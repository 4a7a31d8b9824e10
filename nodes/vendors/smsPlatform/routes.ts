/** The two interfaces that messages are sent over: what they take, and how they are asked. */
import type { VendorClient, VendorRequest } from '../../shared/contracts/operation';
import { choice } from '../../shared/fields/fields';
import { parseChineseMobile, parseInternationalNumber } from '../../shared/fields/phoneNumbers';
import { taskIdOf } from './acceptedMessage';
import { formRequest, type StatusReply } from './protocol';
import type { NumberParser } from './recipients';
import { sendToAll, type Sent } from './sendToAll';
import { encodeUtf16Hex, formatSendTime } from './values';

/** What a request says beside whom and what. */
interface SendOptions {
	/** Milliseconds since the epoch; undefined for at once. */
	readonly sendAt?: number | undefined;
	readonly extno?: string | undefined;
	readonly code?: string | undefined;
}

/** SMS §1.2, `code`: what the platform supports so far. */
export const UNICODE = '8';

interface RouteTo {
	readonly readNumber: NumberParser;
	/** @param message signature included */
	request(mobiles: readonly string[], message: string, options: SendOptions): VendorRequest;
}

/** What both interfaces have in common (SMS §1.2). */
const commonFields = ({ sendAt, extno }: SendOptions) => ({
	sendTime: formatSendTime(sendAt),
	action: 'send',
	extno: extno ?? '',
});

/** Numbers of any country, with their country code; text as hex digits (SMS §1.2). */
const international: RouteTo = {
	readNumber: (typed) => {
		const number = parseInternationalNumber(typed);
		return 'problem' in number && 'digits' in parseChineseMobile(typed)
			? {
					...number,
					advice: `${number.advice} The domestic route takes it without one: choose it in Route, or take the operation Send Domestic.`,
				}
			: number;
	},
	request: (mobiles, message, options) =>
		formRequest('/I18NSms.aspx', {
			mobile: mobiles.join(','),
			code: options.code ?? UNICODE,
			content: encodeUtf16Hex(message),
			...commonFields(options),
		}),
};

/**
 * Numbers in mainland China, without country code. Not in the document: the page is `sms.aspx`, its
 * content plain text, its reply has `remainpoint`.
 */
const domestic: RouteTo = {
	readNumber: (typed) => {
		const number = parseChineseMobile(typed);
		return 'digits' in number
			? number
			: {
					...number,
					advice: `${number.advice} For other countries take the international route: choose it in Route, or take the operation Send.`,
				};
	},
	request: (mobiles, message, options) =>
		formRequest('/sms.aspx', {
			mobile: mobiles.join(','),
			content: message,
			...commonFields(options),
		}),
};

export const ROUTES = { international, domestic } as const;

export const route = choice<keyof typeof ROUTES>(
	{
		displayName: 'Route',
		description: 'Which interface of the platform sends it: this decides which numbers are taken',
	},
	[
		{
			name: 'International',
			value: 'international',
			description: 'As Send: phones in any country, with country code',
		},
		{
			name: 'Domestic',
			value: 'domestic',
			description: 'As Send Domestic: phones in mainland China',
		},
	],
	'international',
);

/** Sends a message to all recipients over one of the interfaces. */
export const sendOver = async (
	by: keyof typeof ROUTES,
	recipients: readonly string[],
	message: string,
	options: SendOptions,
	client: VendorClient<StatusReply>,
): Promise<ReadonlyArray<Sent<StatusReply>>> =>
	await sendToAll(
		recipients,
		client,
		(mobiles) => ROUTES[by].request(mobiles, message, options),
		taskIdOf,
	);
