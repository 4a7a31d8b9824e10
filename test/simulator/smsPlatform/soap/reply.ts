import type { SimulatorReply } from '../../types';
import type { SmsPlatformSettings } from '../settings';
import { escapeText, textReply } from '../xml';
import { ENVELOPE_NAMESPACES, VENDOR_NAMESPACE } from './envelope';
import type { SoapFault, SoapMethod, SoapVersion } from './envelope';
import { alterResult } from './sendResult';
import type { SendResult } from './sendResult';

function envelope(version: SoapVersion, body: string, status: number): SimulatorReply {
	const contentType = version === '1.2' ? 'application/soap+xml' : 'text/xml';
	const text =
		'<?xml version="1.0" encoding="utf-8"?>' +
		`<soap:Envelope xmlns:soap="${ENVELOPE_NAMESPACES[version]}"` +
		' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"' +
		` xmlns:xsd="http://www.w3.org/2001/XMLSchema"><soap:Body>${body}</soap:Body></soap:Envelope>`;
	return textReply(text, `${contentType}; charset=utf-8`, status);
}

type Settings = Pick<SmsPlatformSettings, 'alterSendResult' | 'soapPrefix'>;

/** SMS §7.3 */
export function resultReply(
	version: SoapVersion,
	method: SoapMethod,
	result: SendResult,
	{ alterSendResult, soapPrefix }: Settings,
): SimulatorReply {
	const tag = (name: string, inner: string, attributes = '') => {
		const qualified = soapPrefix === '' ? name : `${soapPrefix}:${name}`;
		return `<${qualified}${attributes}>${inner}</${qualified}>`;
	};
	const fieldsOf = ({ Errors, ...fields }: SendResult) =>
		Object.entries(fields)
			.map(([name, value]) => tag(name, escapeText(String(value))))
			.join('') + tag('Errors', Errors.map((error) => tag('string', escapeText(error))).join(''));

	const alter =
		alterSendResult === 'none' ? '' : tag('AlterSendResult', fieldsOf(alterResult(result)));
	const fields = alterSendResult === 'first' ? alter + fieldsOf(result) : fieldsOf(result) + alter;
	const xmlns = soapPrefix === '' ? 'xmlns' : `xmlns:${soapPrefix}`;
	const body = tag(
		`${method}Response`,
		tag(`${method}Result`, fields),
		` ${xmlns}="${VENDOR_NAMESPACE}"`,
	);
	return envelope(version, body, 200);
}

const CODES_OF_12 = {
	Client: 'Sender',
	Server: 'Receiver',
	VersionMismatch: 'VersionMismatch',
} as const;

/** A fault, with HTTP 500. */
export function faultReply(
	version: SoapVersion,
	{ code, message }: Pick<SoapFault, 'code' | 'message'>,
): SimulatorReply {
	const words = escapeText(message);
	const body =
		version === '1.2'
			? `<soap:Fault><soap:Code><soap:Value>soap:${CODES_OF_12[code]}</soap:Value></soap:Code>` +
				`<soap:Reason><soap:Text xml:lang="zh-CN">${words}</soap:Text></soap:Reason>` +
				'<soap:Detail/></soap:Fault>'
			: `<soap:Fault><faultcode>soap:${code}</faultcode><faultstring>${words}</faultstring>` +
				'<detail/></soap:Fault>';
	return envelope(version, body, 500);
}
