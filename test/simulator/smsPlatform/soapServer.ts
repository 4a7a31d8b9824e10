import { createServer } from 'node:http';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

import * as soap from 'soap';

import { isObject } from '../types';
import type { SmsPlatformAccount } from './account';
import { Refusal } from './codes';
import { checkSettings, DEFAULT_SETTINGS } from './settings';
import type { SmsPlatformSettings } from './settings';
import { DEMO_ACCOUNT } from './simulator';
import { SOAP_METHODS } from './soap/envelope';
import type { SoapCall, SoapMethod, SoapVersion } from './soap/envelope';
import { alterResult, refusedResult, sendSoapSms } from './soap/sendResult';
import type { SendResult } from './soap/sendResult';
import { World } from './world';
import { serviceDescription } from './wsdl/serviceDescription';

const PATH = '/WebService.asmx';

export interface SoapServerOptions extends Partial<SmsPlatformSettings> {
	/** Default `DEMO_ACCOUNT`. */
	account?: Partial<SmsPlatformAccount>;
	/** Of the envelopes it writes; it reads both. Default 1.2. */
	version?: SoapVersion;
	/** Default 0: any free port. */
	port?: number;
}

/** A call as the library read it. */
export interface ReadCall {
	method: SoapMethod;
	/** By the WSDL: a dateTime is a Date, what is nil is null. */
	args: Record<string, unknown>;
	/** The envelope as it came. */
	xml: string;
	headers: IncomingHttpHeaders;
}

export interface SoapServer {
	/** Base URL as for the credential; the service is at `/WebService.asmx` below it. */
	readonly url: string;
	readonly account: Readonly<SmsPlatformAccount>;
	readonly settings: SmsPlatformSettings;
	readonly state: Pick<World, 'accepted' | 'messages' | 'reports'>;
	/** In order of arrival. */
	readonly calls: readonly ReadCall[];
	/** Words of a fault that answers the next call, with HTTP 500. */
	nextFault?: string;
	close(): Promise<void>;
}

const asObject = (value: unknown) => (isObject(value) ? value : {});
const asText = (value: unknown) => (typeof value === 'string' ? value : '');

/** How the library marks what a complex type in its description of a WSDL is. */
const ABOUT_TYPE = /^targetN/;

/** What does not fit the library's description of the WSDL: an unknown element, or the order. */
function misfit(args: Record<string, unknown>, described: unknown): string | undefined {
	const type = asObject(described);
	const names = Object.keys(type).filter((name) => !ABOUT_TYPE.test(name));
	let next = 0;
	for (const [name, value] of Object.entries(args)) {
		const at = names.indexOf(name, next);
		if (at < 0) return `${name} was not expected here; the order is ${names.join(', ')}`;
		next = at + 1;
		const within = isObject(type[name]) ? misfit(asObject(value), type[name]) : undefined;
		if (within !== undefined) return within;
	}
	return undefined;
}

function readCall(method: SoapMethod, args: Record<string, unknown>): SoapCall {
	const { Msisdns, SMSContent, ExtNumber, PlanSendTime } = asObject(args.sms);
	return {
		method,
		userName: asText(args.userName),
		password: asText(args.password),
		sms: {
			msisdns: asText(Msisdns),
			smsContent: asText(SMSContent),
			extNumber: asText(ExtNumber),
			planSendTime: PlanSendTime instanceof Date ? PlanSendTime.getTime() : undefined,
		},
	};
}

/** A result as the library wants it, in the order of the WSDL. */
function written(result: SendResult): Record<string, unknown> {
	const shaped = ({ Errors, ...fields }: SendResult) => ({ ...fields, Errors: { string: Errors } });
	return { ...shaped(result), AlterSendResult: shaped(alterResult(result)) };
}

/** The library tells by the names of the fields how a fault is to be written. */
function faultOf(version: SoapVersion, words: string): { Fault: soap.ISoapFault } {
	return version === '1.2'
		? { Fault: { Code: { Value: 'soap:Receiver' }, Reason: { Text: words }, statusCode: 500 } }
		: { Fault: { faultcode: 'soap:Server', faultstring: words, statusCode: 500 } };
}

/**
 * The service of SMS §7 on the public `soap` library instead of the simulator's own code: the library
 * reads envelopes by the WSDL, and writes the replies. It goes by local names; it is the simulator
 * that checks namespaces and headers.
 */
export async function startSoapServer(options: SoapServerOptions = {}): Promise<SoapServer> {
	const { account: accountOptions, version = '1.2', port = 0, ...settingOptions } = options;
	const account = { ...DEMO_ACCOUNT, ...accountOptions };
	const settings = { ...DEFAULT_SETTINGS, ...checkSettings(settingOptions) };
	const world = new World(Date.now, settings);
	const calls: ReadCall[] = [];

	const server = createServer((_incoming, outgoing) => outgoing.writeHead(404).end());
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject).listen(port, '127.0.0.1', resolve);
	});
	const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	const running: SoapServer = {
		url,
		account,
		settings,
		state: world,
		calls,
		close: async () => {
			await new Promise<void>((resolve) => {
				server.close(() => resolve());
				server.closeAllConnections();
			});
		},
	};

	const libraryOptions: soap.IServerOptions = {
		path: PATH,
		services: {},
		forceSoap12Headers: version === '1.2',
		handleNilAsNull: true,
		suppressStack: true,
	};
	const wsdl = new soap.WSDL(serviceDescription(url + PATH), '', libraryOptions);
	// Blanks at the ends of an SMS are part of it, and the library's servers have no option for that.
	wsdl.options.preserveWhitespace = true;
	const inputOf = (method: SoapMethod): unknown => {
		const { WebService }: Record<string, unknown> = wsdl.describeServices();
		return asObject(asObject(asObject(WebService).WebServiceSoap)[method]).input;
	};

	let received = '';
	const serve =
		(method: SoapMethod): soap.ISoapServiceMethod =>
		(read: unknown, _callback: unknown, _headers: unknown, incoming: IncomingMessage) => {
			const args = asObject(read);
			calls.push({ method, args, xml: received, headers: incoming.headers });
			const fault = running.nextFault ?? misfit(args, inputOf(method));
			running.nextFault = undefined;
			if (fault !== undefined) throw faultOf(version, fault);
			try {
				const result = sendSoapSms({ world, account, basePath: '' }, readCall(method, args));
				return { [`${method}Result`]: written(result) };
			} catch (error) {
				if (!(error instanceof Refusal)) throw error;
				return { [`${method}Result`]: written(refusedResult(error)) };
			}
		};
	const methods = Object.fromEntries(SOAP_METHODS.map((method) => [method, serve(method)]));
	const services = { WebService: { WebServiceSoap: methods, WebServiceSoap12: methods } };

	await new Promise<void>((resolve, reject) => {
		const callback = (error: unknown) => {
			if (error) reject(error instanceof Error ? error : new Error(String(error)));
			else resolve();
		};
		const library = new soap.Server(server, PATH, services, wsdl, { ...libraryOptions, callback });
		library.log = (type, data) => {
			if (type === 'received') received = String(data);
		};
	});
	return running;
}
