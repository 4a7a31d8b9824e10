import type { SimulatorRequest } from '../../types';
import { readXsDateTime } from '../times';
import { readXml, XmlError } from './readXml';
import type { XmlElement } from './readXml';

/** The namespace of the vendor's elements. */
export const VENDOR_NAMESPACE = 'http://www.yysms.com/';

export const ENVELOPE_NAMESPACES = {
	'1.1': 'http://schemas.xmlsoap.org/soap/envelope/',
	'1.2': 'http://www.w3.org/2003/05/soap-envelope',
} as const;

export type SoapVersion = keyof typeof ENVELOPE_NAMESPACES;

const NIL = '{http://www.w3.org/2001/XMLSchema-instance}nil';

/** SMS §7.1 and §7.2 */
export const SOAP_METHODS = ['SendI18NSms', 'SendHybridSms'] as const;

export type SoapMethod = (typeof SOAP_METHODS)[number];

export interface SoapSms {
	msisdns: string;
	smsContent: string;
	extNumber: string;
	/** Milliseconds since 1970; undefined: at once. */
	planSendTime?: number;
}

export interface SoapCall {
	method: SoapMethod;
	userName: string;
	password: string;
	sms: SoapSms;
}

/** Thrown where ASP.NET answers a fault before the vendor's code runs. */
export class SoapFault extends Error {
	constructor(
		readonly code: 'Client' | 'Server' | 'VersionMismatch',
		message: string,
	) {
		super(message);
	}
}

const unreadable = (why: string) =>
	new SoapFault('Client', `Server was unable to read request. ---> ${why}`);

/** The version that the content type stands for; undefined where ASP.NET answers HTTP 415. */
export function versionOf({ headers }: SimulatorRequest): SoapVersion | undefined {
	const contentType = headers['content-type']?.toLowerCase() ?? '';
	const charset = /charset="?([^";\s]+)/.exec(contentType)?.[1] ?? 'utf-8';
	if (charset !== 'utf-8') return undefined;
	const type = contentType.split(';')[0]?.trim();
	if (type === 'application/soap+xml') return '1.2';
	return type === 'text/xml' ? '1.1' : undefined;
}

/**
 * The children of an element by name, each at most once and in the given order; all of them in the
 * vendor's namespace.
 */
function readSequence(
	parent: XmlElement,
	names: readonly string[],
): Readonly<Record<string, XmlElement>> {
	if (parent.text.trim() !== '') throw unreadable(`Text in ${parent.name}`);
	const found: Record<string, XmlElement> = {};
	let next = 0;
	for (const child of parent.children) {
		if (child.namespace !== VENDOR_NAMESPACE) {
			throw unreadable(`${child.name} is in the namespace "${child.namespace}"`);
		}
		const at = names.indexOf(child.name, next);
		if (at < 0) throw unreadable(`${child.name} was not expected here in ${parent.name}`);
		next = at + 1;
		found[child.name] = child;
	}
	return found;
}

function isNil(element: XmlElement): boolean {
	const nil = element.attributes.get(NIL);
	if (nil === undefined || nil === 'false' || nil === '0') return false;
	if (nil !== 'true' && nil !== '1') throw unreadable(`xsi:nil is "${nil}"`);
	if (element.text !== '' || element.children.length > 0) {
		throw unreadable(`${element.name} is nil and not empty`);
	}
	return true;
}

/** A text, which may be missing. */
function readText(element: XmlElement | undefined): string {
	if (!element || isNil(element)) return '';
	if (element.children.length > 0) throw unreadable(`Elements in ${element.name}`);
	return element.text;
}

/** `xs:dateTime`, or nil for at once; never missing. */
function readPlanSendTime(element: XmlElement | undefined): number | undefined {
	if (!element) throw unreadable('PlanSendTime is missing');
	if (isNil(element)) return undefined;
	const instant = readXsDateTime(readText(element));
	if (instant === undefined) {
		throw unreadable(`The string '${element.text}' is not a valid AllXsd value.`);
	}
	return instant;
}

function readSms(element: XmlElement | undefined): SoapSms {
	if (!element || isNil(element)) throw unreadable('sms is missing');
	const { Msisdns, SMSContent, ExtNumber, PlanSendTime } = readSequence(element, [
		'Msisdns',
		'SMSContent',
		'ExtNumber',
		'PlanSendTime',
	]);
	return {
		msisdns: readText(Msisdns),
		smsContent: readText(SMSContent),
		extNumber: readText(ExtNumber),
		planSendTime: readPlanSendTime(PlanSendTime),
	};
}

/** The one element in the body of an envelope of this version. */
function openBody(body: string, version: SoapVersion): XmlElement {
	let root: XmlElement;
	try {
		root = readXml(body);
	} catch (error) {
		if (error instanceof XmlError) throw unreadable(error.message);
		throw error;
	}
	const namespace = ENVELOPE_NAMESPACES[version];
	if (root.name !== 'Envelope' || root.namespace !== namespace) {
		throw new SoapFault(
			'VersionMismatch',
			`{${root.namespace}}${root.name} is no ${version} envelope`,
		);
	}
	const parts = root.children.filter((child) => child.namespace === namespace);
	const names = parts.map(({ name }) => name).join();
	if (parts.length !== root.children.length || !/^(Header,)?Body$/.test(names)) {
		throw unreadable('The envelope has not one Body after at most one Header');
	}
	const inBody = parts.at(-1)?.children ?? [];
	const [only] = inBody;
	if (!only || inBody.length > 1) throw unreadable('The Body has not one element');
	return only;
}

/** What the request says its action is; undefined: nothing. SOAP 1.2 has it in the content type. */
function actionOf({ headers }: SimulatorRequest, version: SoapVersion): string | undefined {
	if (version === '1.2') return /;\s*action="?([^";]*)/i.exec(headers['content-type'] ?? '')?.[1];
	const header = headers.soapaction;
	return typeof header === 'string' ? header.replace(/^"(.*)"$/, '$1') : undefined;
}

function checkAction(request: SimulatorRequest, version: SoapVersion, method: SoapMethod): void {
	const action = actionOf(request, version);
	if (action === undefined && version === '1.2') return;
	if (action !== `${VENDOR_NAMESPACE}${method}`) {
		throw new SoapFault(
			'Client',
			`Server did not recognize the value of HTTP Header SOAPAction: ${action ?? ''}.`,
		);
	}
}

/** The call in an envelope (SMS §7); throws a `SoapFault` where it is not as the WSDL wants it. */
export function openEnvelope(request: SimulatorRequest, version: SoapVersion): SoapCall {
	const element = openBody(request.body, version);
	const method = SOAP_METHODS.find((name) => name === element.name);
	if (!method || element.namespace !== VENDOR_NAMESPACE) {
		throw new SoapFault('Client', `There is no {${element.namespace}}${element.name}`);
	}
	checkAction(request, version, method);
	const { userName, password, sms } = readSequence(element, ['userName', 'password', 'sms']);
	return {
		method,
		userName: readText(userName),
		password: readText(password),
		sms: readSms(sms),
	};
}

/** The method that a request names, readable or not. */
export function methodOf(request: SimulatorRequest): SoapMethod {
	return SOAP_METHODS.find((name) => request.body.includes(name)) ?? 'SendI18NSms';
}
