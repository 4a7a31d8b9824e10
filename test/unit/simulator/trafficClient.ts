import { makeTrafficTimestamp, trafficAuthorization, trafficSign } from '../../simulator';
import type { TrafficSimulator } from '../../simulator';

export type Answer = Record<string, unknown>;

/** What of a request may be other than it should be. */
export interface Changes {
	timestamp?: string;
	/** The account of the path. */
	sid?: string;
	authorization?: string;
	sign?: string;
	path?: string;
	init?: RequestInit;
}

/** Sends a body as it is, signed. */
export async function sendRaw(
	simulator: TrafficSimulator,
	body: string,
	changes: Changes = {},
): Promise<Response> {
	const { accountSid, authToken } = simulator.account;
	const {
		timestamp = makeTrafficTimestamp(Date.now()),
		sid = accountSid,
		authorization = trafficAuthorization(sid, timestamp),
		sign = trafficSign(accountSid, authToken, timestamp),
		path = 'traffic/Traffic.wx',
		init,
	} = changes;
	return await fetch(`${simulator.url}/201612/sid/${sid}/${path}?Sign=${sign}`, {
		method: 'POST',
		headers: {
			accept: 'application/json;',
			'content-type': 'application/json;charset=utf-8;',
			authorization,
		},
		body,
		...init,
	});
}

/** Sends fields with the application's id; undefined takes a field away. */
export async function send(
	simulator: TrafficSimulator,
	fields: Record<string, unknown>,
	changes: Changes = {},
): Promise<Answer> {
	const body = JSON.stringify({ appid: simulator.account.appId, ...fields });
	return (await (await sendRaw(simulator, body, changes)).json()) as Answer;
}

export const ORDER = { action: 'flowOrder', phone: '13911281234', flowCode: '2QG00001011' };

export const order = async (simulator: TrafficSimulator, fields: Record<string, unknown> = {}) =>
	await send(simulator, { ...ORDER, ...fields });

export const query = async (simulator: TrafficSimulator, requestId: unknown) =>
	await send(simulator, { action: 'getTrafficResult', requestId });

export const balance = async (simulator: TrafficSimulator) =>
	await send(simulator, { action: 'queryBlance' }, { path: 'account/getBlance.wx' });
