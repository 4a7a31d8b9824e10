import type { IncomingHttpHeaders } from 'node:http';

import type { Explanation } from './explanation';
import type { SettingFault } from './faults';

export type JsonValue =
	string | number | boolean | null | JsonValue[] | { [key: string]: JsonValue | undefined };

export type JsonObject = { [key: string]: JsonValue | undefined };

/** A request as it arrived, body as UTF-8 text. */
export interface SimulatorRequest {
	method: string;
	/** Without the server's base path and without the query. */
	path: string;
	/** With the leading `?`, or empty. */
	query: string;
	headers: IncomingHttpHeaders;
	body: string;
	/** Milliseconds since 1970. */
	arrivedAt: number;
}

export interface SimulatorReply {
	status: number;
	headers: Record<string, string>;
	body: string;
}

/** What a vendor brings; the server adds sockets, the log, latency and faults. */
export interface VendorBackend {
	/** Answers a request and changes the vendor's state. */
	handle(request: SimulatorRequest): SimulatorReply;
	/** The vendor's refusal with one of its codes, for the fault `code`. */
	refusal(code: string, request: SimulatorRequest): SimulatorReply;
	/** Counters and the like, for `GET /_simulator/state`. */
	state(): JsonObject;
	/** Takes settings of the vendor; throws an Error that names what is wrong with them. */
	changeSettings(patch: Record<string, unknown>): void;
	/** How it checks who sent a request, step by step; changes nothing. Absent: it does not check. */
	explain?(request: SimulatorRequest): Explanation;
	/** Acts as under a fault that is a setting of the vendor. Absent: it has no such settings. */
	under?<Result>(fault: SettingFault, act: () => Result): Result;
	/** Calls off what it still has to do by itself. */
	close?(): void;
	/** Further endpoints below `/_simulator`, by `METHOD /name`; a thrown Error is an HTTP 400. */
	readonly controls?: Readonly<Record<string, (body: unknown) => JsonValue>>;
}

/** Type guard for a JSON object (not null, not an array). */
export function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
