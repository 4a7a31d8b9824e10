/** How the SMS platform wants to be asked over HTTP, and how it answers. */
import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	IHttpRequestOptions,
} from 'n8n-workflow';

import { VendorError } from '../../shared/contracts/errors';
import type { Vendor, VendorRequest, VendorResponse } from '../../shared/contracts/operation';
import { createUnreadableReplyError } from '../../shared/wire/replies';
import { md5 } from '../../shared/wire/hash';
import {
	getContentType,
	encodeForm,
	getUrl,
	withBaseUrl,
	withFormFields,
} from '../../shared/wire/requestOptions';
import { pastedText } from '../../shared/wire/secrets';
import { isRecord, toText } from '../../shared/wire/values';
import { lowerCaseKeys, parseReply, type Reply, type UnreadableReply } from './documents';
import { errorInWords, resultCode, xmlError, type KnownCode } from './errorCodes';
import { withSoapIdentity } from './soapEnvelope';

export const platformName = 'SMS platform';

/** What all vendors of this platform have in common; replies differ by interface. */
export const platform = {
	name: platformName,
	credentialType: 'smsPlatformApi',
	secretFields: ['password', 'pushToken'],
} as const;

/** MD5 as 32 upper-case hex digits (SMS §1.2); nothing stays nothing, and is refused as such. */
const hashPassword = (password: string): string =>
	password === '' ? '' : md5(password).toUpperCase();

/** Changing the password takes both passwords plain: an MD5 would not fit (SMS §6.2). */
const takesPlainPassword = (url: string): boolean => /\/pwd\.aspx(?:[?#]|$)/i.test(url);

/**
 * Adds who is asking, to a form (SMS §1.2: userid, account, password) or a SOAP envelope (SMS §7:
 * userName, password), and the base URL. Signing signed options again changes nothing.
 *
 * @param credentials of type `smsPlatformApi`
 * @param options of our own operations or of the HTTP Request node
 */
export function authenticate(
	credentials: ICredentialDataDecryptedObject,
	options: IHttpRequestOptions,
): IHttpRequestOptions {
	const located = withBaseUrl(options, toText(credentials.baseUrl));
	const account = pastedText(credentials.account);
	const password = pastedText(credentials.password);
	const body: unknown = located.body;
	if (typeof body === 'string' && (isXml(body) || getContentType(located).includes('xml'))) {
		return { ...located, body: withSoapIdentity(body, account, password) };
	}
	const plain = credentials.passwordFormat === 'plain' || takesPlainPassword(getUrl(located));
	return withFormFields(located, {
		userid: pastedText(credentials.userId),
		account,
		password: plain ? password : hashPassword(password),
	});
}

const isXml = (text: string): boolean => text.trimStart().startsWith('<');

/** A form to one of the platform's pages, in UTF-8 (SMS §1.2: POST is recommended). */
export const formRequest = (
	path: string,
	fields: Readonly<Record<string, string>>,
): VendorRequest => ({
	path,
	body: encodeForm(fields),
	headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
});

/** An error for a reply that is not the platform's data. */
export const createUnreadableError = (
	response: VendorResponse,
	unread: UnreadableReply,
): VendorError =>
	createUnreadableReplyError(response, platformName, unread.problem === 'cutOff', unread.flaw);

/** The platform's refusal in words. */
export function createSmsRefusal(
	code: string,
	words: string,
	codeMeans: KnownCode | undefined,
): VendorError {
	const known = codeMeans ?? errorInWords(words);
	// Such as `Faild`, which is how the platform writes it.
	const shown = codeMeans?.shown ?? (/[a-z]/i.test(code) ? `"${code}"` : code);
	const reason = known?.meaning ?? (words === '' ? 'it gave no reason' : words);
	return new VendorError(
		`${platformName} refused: ${reason} (${known === undefined || words === '' ? shown : `${shown}, ${words}`})`,
		{
			code,
			// All that it said: it may repeat what it got.
			vendorMessage: words === '' && known === undefined ? code : words,
			advice:
				known?.advice ??
				'The documentation of the platform does not list this. Check the parameters of this item and the credential (Account, Password, Password Format, and whether the platform allows the IP address of this n8n), then ask the platform.',
			outcomeUnknown: known?.outcomeUnknown,
		},
	);
}

/**
 * The error of a reply `{error, remark}` (SMS §3.4, §3.5, §4.4, §4.5), which some gateways also send
 * where `returnstatus` was due. `1` is "empty user name or password" in XML and success in JSON.
 */
export function errorIn({ dialect, whole }: Reply): VendorError | 'success' | undefined {
	const top = lowerCaseKeys(whole);
	const fields = isRecord(top.errorstatus) ? lowerCaseKeys(top.errorstatus) : top;
	const code = toText(fields.error);
	if (code === '') return undefined;
	if (dialect === 'json' && code === '1') return 'success';
	const known = dialect === 'json' ? resultCode(code) : xmlError(code);
	return createSmsRefusal(code, toText(fields.remark ?? fields.message), known);
}

/** The platform misspells it for balance and password (SMS §6.3), in either case. */
const isSuccess = (returnStatus: string): boolean => /^succ?ess$/i.test(returnStatus);

/**
 * The result of a reply with `returnstatus` (SMS §1.3, §2.3, §6.3). The message never decides: it
 * is `ok` or `操作成功` and at times something else.
 */
export function resultOf(reply: Reply): VendorError | 'success' | undefined {
	const fields = lowerCaseKeys(reply.whole);
	const returnStatus = toText(fields.returnstatus);
	if (isSuccess(returnStatus)) return 'success';
	const error = errorIn(reply);
	if (returnStatus === '' || (error !== undefined && error !== 'success')) return error;
	return createSmsRefusal(returnStatus, toText(fields.message), resultCode(returnStatus));
}

/** A reply that says yes. */
export interface StatusReply {
	readonly raw: IDataObject;
	/** Its fields, names in lower case. */
	readonly fields: IDataObject;
}

/** The platform, as its pages that answer with `returnstatus`. */
export const smsPlatform: Vendor<StatusReply> = {
	...platform,
	parseResponse: (response) => {
		const reply = parseReply(response.text);
		if ('problem' in reply) throw createUnreadableError(response, reply);
		if (reply.unread) throw createUnreadableError(response, reply.unread);
		const result = resultOf(reply);
		if (result === undefined) throw createUnreadableError(response, { problem: 'foreign' });
		if (result !== 'success') throw result;
		return { raw: reply.whole, fields: lowerCaseKeys(reply.whole) };
	},
};
