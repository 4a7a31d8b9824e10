import { M2M_OPERATIONS, m2mSign, makeM2mRequestTime } from '../../simulator';
import type { M2mOperationName, M2mSimulator } from '../../simulator';

export type Body = Record<string, unknown>;

export interface Answer {
	status: string;
	message: string;
	result: unknown;
	[extra: string]: unknown;
}

/** A signed body; `changes` are made after signing. */
export function signedBody(
	simulator: M2mSimulator,
	operation: M2mOperationName,
	fields: Body,
	changes: Body = {},
): Body {
	const { partnerCode, serviceCode, password } = simulator.account;
	const requesttime = makeM2mRequestTime(Date.now());
	const values = M2M_OPERATIONS[operation].fields.map((name) => String(fields[name]));
	return {
		partnercode: partnerCode,
		servicecode: serviceCode,
		requesttime,
		sign: m2mSign(password, requesttime, values),
		...fields,
		...changes,
	};
}

export async function post(url: string, body: string, init: RequestInit = {}): Promise<Response> {
	const headers = { 'content-type': 'application/json; charset=utf-8' };
	return await fetch(url, { method: 'POST', headers, body, ...init });
}

export async function call(
	simulator: M2mSimulator,
	operation: M2mOperationName,
	fields: Body,
	changes: Body = {},
): Promise<Answer> {
	const url = simulator.url + M2M_OPERATIONS[operation].path;
	const body = signedBody(simulator, operation, fields, changes);
	const response = await post(url, JSON.stringify(body));
	return (await response.json()) as Answer;
}

/** The first row of a `result` that is an array. */
export function firstRow({ result }: Answer): Record<string, string> {
	if (!Array.isArray(result)) throw new Error(`No rows in ${JSON.stringify(result)}`);
	return result[0] as Record<string, string>;
}

export const pause = async (ms: number) => await new Promise((resolve) => setTimeout(resolve, ms));
