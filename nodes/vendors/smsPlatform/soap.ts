/** How the platform's web service answers (SMS §7). */
import type { IDataObject } from 'n8n-workflow';

import { VendorError } from '../../shared/contracts/errors';
import type { Vendor, VendorRequest, VendorResponse } from '../../shared/contracts/operation';
import { toText } from '../../shared/wire/values';
import {
	getChildren,
	getLocalName,
	parseXml,
	toDataObject,
	type XmlElement,
} from '../../shared/wire/xml';
import { parseReply } from './documents';
import { resultCode } from './errorCodes';
import {
	platform,
	platformName,
	createSmsRefusal,
	createUnreadableError,
	resultOf,
} from './protocol';
import { getSoapContent, buildSoapEnvelope } from './soapEnvelope';

/** A call of the web service; SOAP 1.2 needs no action. */
export const soapRequest = (method: string, content: readonly XmlElement[]): VendorRequest => ({
	path: '/WebService.asmx',
	body: buildSoapEnvelope(method, content),
	headers: { 'content-type': 'application/soap+xml; charset=UTF-8' },
});

/** The result of a call that succeeded. */
export interface SoapReply {
	/** The direct children of the result, by local name. */
	readonly raw: IDataObject;
	readonly errors: readonly string[];
}

const textIn = (element: XmlElement | undefined, ...path: readonly string[]): string => {
	let found = element;
	for (const name of path) found = found && getChildren(found, name)[0];
	return found?.text.trim() ?? '';
};

/** SOAP 1.2 has Code/Value and Reason/Text, SOAP 1.1 faultcode and faultstring. */
function createFaultError(fault: XmlElement, { status }: VendorResponse): VendorError {
	const code = textIn(fault, 'Code', 'Value') || textIn(fault, 'faultcode') || 'Fault';
	const words = textIn(fault, 'Reason', 'Text') || textIn(fault, 'faultstring');
	// Who is to blame: a request that the server could not read was not acted on.
	const senders = /(?:sender|client|mustunderstand|versionmismatch)$/i.test(code);
	return new VendorError(
		`${platformName} could not process the SOAP request (HTTP ${status}): ${code}${words === '' ? '' : ` (${words})`}`,
		{
			code,
			vendorMessage: words,
			advice: senders
				? 'Check the parameters of this item, or use the operation Send, which the platform recommends.'
				: 'The platform failed on its side. The operation Send is the one that the platform recommends.',
			outcomeUnknown: !senders,
		},
	);
}

/** `StatusCode` is the name of a code, such as `OK` or `PasswordError` (SMS §7.3). */
const isSuccess = (statusCode: string): boolean => /^(?:ok|1)$/i.test(statusCode);

/** `Errors` holds a `string` for each error; nothing when there is none. */
const errorsIn = (result: XmlElement): string[] =>
	getChildren(result, 'Errors')
		.flatMap((errors) => (errors.children.length === 0 ? [errors] : errors.children))
		.map(({ text }) => text.trim())
		.filter((text) => text !== '');

/** Whether an envelope, or what stands before it, has no end. */
const isCutOffEnvelope = (text: string): boolean =>
	/^\s*<(?:\?xml|[\w-]+:Envelope|Envelope)/.test(text) &&
	!/Envelope\s*>\s*$/.test(text.slice(-100));

/** A gateway in between may answer as the other pages do. */
function createGatewayError(response: VendorResponse): VendorError {
	const reply = parseReply(response.text);
	if ('problem' in reply && isCutOffEnvelope(response.text)) {
		return createUnreadableError(response, { problem: 'cutOff' });
	}
	if ('problem' in reply) return createUnreadableError(response, reply);
	const result = resultOf(reply);
	return result instanceof VendorError
		? result
		: createUnreadableError(response, { problem: 'foreign' });
}

function parseSoapReply(response: VendorResponse): SoapReply {
	const xml = parseXml(response.text);
	const content = 'root' in xml ? getSoapContent(xml.root) : undefined;
	if (content === undefined) throw createGatewayError(response);
	if (getLocalName(content) === 'Fault') throw createFaultError(content, response);
	// Direct children only: the nested AlterSendResult has a StatusCode of its own.
	const result = content.children[0];
	const statusCode = textIn(result, 'StatusCode');
	if (result === undefined || statusCode === '')
		throw createUnreadableError(response, { problem: 'foreign' });
	const errors = errorsIn(result);
	if (!isSuccess(statusCode)) {
		const words = [...new Set([textIn(result, 'Description'), ...errors])].filter(Boolean);
		throw createSmsRefusal(statusCode, words.join('; '), resultCode(statusCode));
	}
	return { raw: toDataObject(result), errors };
}

/** The platform, as its web service. */
export const smsPlatformSoap: Vendor<SoapReply> = { ...platform, parseResponse: parseSoapReply };

/** A field of the result, in any case. */
export const getResultField = ({ raw: whole }: SoapReply, name: string): string =>
	toText(Object.entries(whole).find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1]);
