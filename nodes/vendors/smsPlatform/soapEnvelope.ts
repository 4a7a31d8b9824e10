/** SOAP envelopes of the platform's web service, out and in (SMS §7). */
import {
	buildXml,
	childrenNamed,
	localName,
	parseXml,
	xmlElement,
	type XmlElement,
} from '../../shared/xml';

const SOAP_1_2 = 'http://www.w3.org/2003/05/soap-envelope';
const SCHEMA_INSTANCE = 'http://www.w3.org/2001/XMLSchema-instance';
const SERVICE = 'http://www.yysms.com/';

/** An envelope around a call; who is asking is added by the credential. */
export const soapEnvelope = (method: string, content: readonly XmlElement[]): string =>
	buildXml(
		xmlElement(
			'soap:Envelope',
			[xmlElement('soap:Body', [xmlElement(method, content, { xmlns: SERVICE })])],
			{ 'xmlns:soap': SOAP_1_2, 'xmlns:xsi': SCHEMA_INSTANCE },
		),
	);

/** An element without a value (`xsi:nil`), within {@link soapEnvelope}. */
export const nil = (name: string): XmlElement => xmlElement(name, '', { 'xsi:nil': 'true' });

/** What stands in the body of an envelope; undefined when the text is none or its body is empty. */
export function soapContent(root: XmlElement): XmlElement | undefined {
	if (localName(root) !== 'Envelope') return undefined;
	return childrenNamed(root, 'Body')[0]?.children[0];
}

const IDENTITY = ['username', 'password'];

/**
 * Puts the user name and the password first into the call of an envelope, in place of those that it
 * may have. A text that is no envelope stays as it is.
 */
export function withSoapIdentity(envelope: string, userName: string, password: string): string {
	const xml = parseXml(envelope);
	const call = 'root' in xml ? soapContent(xml.root) : undefined;
	if ('problem' in xml || call === undefined) return envelope;
	const prefix = call.name.slice(0, call.name.length - localName(call).length);
	const identified = {
		...call,
		children: [
			xmlElement(`${prefix}userName`, userName),
			xmlElement(`${prefix}password`, password),
			...call.children.filter((child) => !IDENTITY.includes(localName(child).toLowerCase())),
		],
	};
	const replaced = (element: XmlElement): XmlElement =>
		element === call ? identified : { ...element, children: element.children.map(replaced) };
	return buildXml(replaced(xml.root));
}
