/** SOAP envelopes of the platform's web service, out and in (SMS §7). */
import {
	buildXml,
	getChildren,
	getLocalName,
	parseXml,
	createElement,
	type XmlElement,
} from '../../shared/wire/xml';

const SOAP_1_2 = 'http://www.w3.org/2003/05/soap-envelope';
const SCHEMA_INSTANCE = 'http://www.w3.org/2001/XMLSchema-instance';
const SERVICE = 'http://www.yysms.com/';

/** An envelope around a call; who is asking is added by the credential. */
export const buildSoapEnvelope = (method: string, content: readonly XmlElement[]): string =>
	buildXml(
		createElement(
			'soap:Envelope',
			[createElement('soap:Body', [createElement(method, content, { xmlns: SERVICE })])],
			{ 'xmlns:soap': SOAP_1_2, 'xmlns:xsi': SCHEMA_INSTANCE },
		),
	);

/** An element without a value (`xsi:nil`), within {@link buildSoapEnvelope}. */
export const nilElement = (name: string): XmlElement =>
	createElement(name, '', { 'xsi:nil': 'true' });

/** What stands in the body of an envelope; undefined when the text is none or its body is empty. */
export function getSoapContent(root: XmlElement): XmlElement | undefined {
	if (getLocalName(root) !== 'Envelope') return undefined;
	return getChildren(root, 'Body')[0]?.children[0];
}

const IDENTITY = ['username', 'password'];

/**
 * Puts the user name and the password first into the call of an envelope, in place of those that it
 * may have. A text that is no envelope stays as it is.
 */
export function withSoapIdentity(envelope: string, userName: string, password: string): string {
	const xml = parseXml(envelope);
	const call = 'root' in xml ? getSoapContent(xml.root) : undefined;
	if ('problem' in xml || call === undefined) return envelope;
	const prefix = call.name.slice(0, call.name.length - getLocalName(call).length);
	const identified = {
		...call,
		children: [
			createElement(`${prefix}userName`, userName),
			createElement(`${prefix}password`, password),
			...call.children.filter((child) => !IDENTITY.includes(getLocalName(child).toLowerCase())),
		],
	};
	const replaced = (element: XmlElement): XmlElement =>
		element === call ? identified : { ...element, children: element.children.map(replaced) };
	return buildXml(replaced(xml.root));
}
