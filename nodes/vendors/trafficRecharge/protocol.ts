/** How the traffic recharge platform wants to be asked, and how it answers (common parameters). */
import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	IHttpRequestOptions,
} from 'n8n-workflow';

import { formatChinaTimestamp } from '../../shared/fields/chinaTime';
import { createRefusal, lookUp, VendorError } from '../../shared/contracts/errors';
import type { Vendor, VendorRequest, VendorResponse } from '../../shared/contracts/operation';
import { md5 } from '../../shared/wire/hash';
import { parseJsonReply, createUnreadableReplyError } from '../../shared/wire/replies';
import {
	getUrl,
	withBaseUrl,
	withHeader,
	withJsonBody,
	withUrl,
} from '../../shared/wire/requestOptions';
import { noteProofs, pastedText } from '../../shared/wire/secrets';
import { inAnyCase, isRecord, toText } from '../../shared/wire/values';
import { errorCodes } from './errorCodes';

/** The hosts of the document, by `environment` of the credential. */
const HOSTS: Readonly<Record<string, string>> = {
	production: 'http://api.ytx.net',
	sandbox: 'http://sandbox.ytx.net',
};

/** Stands for the account in a path, so that no operation needs to know it. */
const ACCOUNT = '{accountSid}';

/** The placeholder, also as it is after a URL was encoded. */
const ANY_ACCOUNT = /\{accountSid\}|%7BaccountSid%7D/gi;

/**
 * MD5 over account, token and time, 32 upper-case hex digits; the platform takes either case
 * (document, point 5).
 *
 * @param timestamp `yyyyMMddHHmmss` in China time, the one of the header
 */
export const sign = (accountSid: string, authToken: string, timestamp: string): string =>
	md5(accountSid + authToken + timestamp).toUpperCase();

/** Base64 of account, bar and time, without a prefix; the sample's colon is a slip. */
export const authorization = (accountSid: string, timestamp: string): string =>
	Buffer.from(`${accountSid}|${timestamp}`).toString('base64');

/** The URL with this signature as the last of its query, in the place of any other. */
function withSign(url: string, signature: string): string {
	const [withoutFragment = ''] = url.split('#');
	const [address = '', ...query] = withoutFragment.split('?');
	const others = query
		.join('?')
		.split('&')
		.filter((pair) => pair !== '' && !/^sign(?:=|$)/i.test(pair));
	return `${address}?${[...others, `Sign=${signature}`].join('&')}`;
}

const withoutSignParameter = (options: IHttpRequestOptions): IHttpRequestOptions =>
	isRecord(options.qs)
		? {
				...options,
				qs: Object.fromEntries(
					Object.entries(options.qs).filter(([name]) => !/^sign$/i.test(name)),
				),
			}
		: options;

const hasBody = ({ method }: IHttpRequestOptions): boolean => !/^(?:GET|HEAD)$/i.test(method ?? '');

/**
 * Adds host, account, time, signature and application to a request. Signing signed options again
 * gives a fresh signature.
 *
 * @param credentials of type `trafficRechargeApi`
 * @param options of our own operations or of the HTTP Request node; `{accountSid}` in the URL stands
 * for the account, and a JSON body without `appid` gets it
 */
export function authenticate(
	credentials: ICredentialDataDecryptedObject,
	options: IHttpRequestOptions,
	now: () => number = Date.now,
): IHttpRequestOptions {
	const accountSid = pastedText(credentials.accountSid);
	const timestamp = formatChinaTimestamp(now());
	const host = lookUp(HOSTS, toText(credentials.environment)) ?? toText(credentials.baseUrl);
	const addressed = withBaseUrl(withoutSignParameter(options), host);
	const url = getUrl(addressed).replace(ANY_ACCOUNT, encodeURIComponent(accountSid));
	const authToken = pastedText(credentials.authToken);
	const signature = sign(accountSid, authToken, timestamp);
	const header = authorization(accountSid, timestamp);
	// A server that explains what it signed ends with the last.
	noteProofs(credentials, signature, header, authToken + timestamp);
	const signed = withHeader(withUrl(addressed, withSign(url, signature)), 'authorization', header);
	if (!hasBody(signed)) return signed;
	return withJsonBody(signed, (body) =>
		toText(body.appid) === '' ? { ...body, appid: pastedText(credentials.appId) } : body,
	);
}

const platformName = 'Traffic recharge platform';

/**
 * Reads a reply, whatever its HTTP status. `statusCode` 0 is success, and so is none: the replies to
 * queries have none.
 */
function parseReply(response: VendorResponse): IDataObject {
	const whole = parseJsonReply(response, platformName);
	const { statusCode, statusMsg } = inAnyCase(whole);
	const code = toText(statusCode);
	if (code === '' && response.status >= 400)
		throw createUnreadableReplyError(response, platformName, false);
	if (code !== '' && Number(code) !== 0) {
		throw createRefusal(platformName, code, toText(statusMsg), errorCodes);
	}
	return whole;
}

/** A reply that was read and lacks what it is for. */
export const createIncompleteReplyError = (what: string): VendorError =>
	new VendorError(`${platformName} sent a reply without ${what}`, {
		code: 'NOT_DATA',
		advice:
			'Check Base URL in the credential: something other than the platform may be answering there.',
		outcomeUnknown: true,
	});

/** The platform; its replies are one object each. */
export const trafficRecharge: Vendor<IDataObject> = {
	name: platformName,
	credentialType: 'trafficRechargeApi',
	secretFields: ['authToken', 'pushToken'],
	parseResponse: parseReply,
};

const requestTo =
	(page: string) =>
	(action: string, fields: IDataObject = {}): VendorRequest => ({
		path: `/201612/sid/${ACCOUNT}/${page}`,
		body: { action, ...fields },
		headers: { 'content-type': 'application/json; charset=utf-8', accept: 'application/json' },
	});

/** A request about orders; the sample's `/call/` in the path is a slip. */
export const trafficRequest = requestTo('traffic/Traffic.wx');

/** A request about the account; the spelling is the platform's. */
export const accountRequest = requestTo('account/getBlance.wx');
