/**
 * - `slow`: the right reply, `value` milliseconds late; the request is processed on arrival
 * - `hang`: no reply at all, the connection stays open; the request is not processed
 * - `reset`: the connection is reset before a reply; the request is not processed
 * - `reset-after`: the request is processed, then the connection is reset
 * - `http-500`, `http-404`: an HTML page; the request is not processed
 * - `truncated`: processed, but only the first half of the reply is sent, as if it were all
 * - `empty`: HTTP 200 without a body; the request is not processed
 * - `code`: the vendor's refusal with the code `value`; the request is not processed
 * - `refuse-ip`: processed as that of an address that is not on the vendor's list
 * - `wrong-signature`: processed as if the account had another password
 */
export const FAULT_KINDS = [
	'slow',
	'hang',
	'reset',
	'reset-after',
	'http-500',
	'http-404',
	'truncated',
	'empty',
	'code',
	'refuse-ip',
	'wrong-signature',
] as const;

export type FaultKind = (typeof FAULT_KINDS)[number];
