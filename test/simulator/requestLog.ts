import type { Explanation } from './explanation';
import type { FaultKind } from './faultKinds';
import { Signal } from './signal';
import type { JsonObject, SimulatorReply, SimulatorRequest } from './types';

/** A simulator may run for days: beyond twice this many requests the older ones are dropped. */
const MAX_REQUESTS = 50_000;

/** A request with what becomes of it. */
export interface Exchange {
	readonly request: SimulatorRequest;
	/** The fault that hits it. */
	readonly fault?: FaultKind;
	/** How the vendor checks who asks. */
	readonly explanation?: Explanation;
	/** As it went out; absent as long as it has not, and for good when the connection was cut. */
	reply?: SimulatorReply;
	/** Milliseconds since 1970; absent while it is open. */
	endedAt?: number;
}

/** The requests received (those of `/_simulator` excepted), in order of arrival. */
export class RequestLog {
	/** That a request has arrived: the same object comes again when it has `ended`. */
	readonly arrived = new Signal<Exchange>();

	readonly ended = new Signal<Exchange>();

	private requests: SimulatorRequest[] = [];

	private inFlight = 0;

	private highest = 0;

	/** All requests kept; `path` narrows them. */
	list(path?: string): readonly SimulatorRequest[] {
		return path === undefined
			? this.requests
			: this.requests.filter((request) => request.path === path);
	}

	/** The requests that are open now. */
	get open(): number {
		return this.inFlight;
	}

	/** The most requests that were open at the same time. */
	get maxConcurrent(): number {
		return this.highest;
	}

	clear(): void {
		this.requests = [];
		this.highest = this.inFlight;
	}

	add(request: SimulatorRequest): void {
		this.requests.push(request);
		if (this.requests.length > 2 * MAX_REQUESTS) {
			this.requests = this.requests.slice(-MAX_REQUESTS);
		}
	}

	/** Counts a request as open until the returned function is called (any number of times). */
	enter(): () => void {
		this.inFlight++;
		this.highest = Math.max(this.highest, this.inFlight);
		let open = true;
		return () => {
			if (open) this.inFlight--;
			open = false;
		};
	}

	toJson(): JsonObject {
		return {
			count: this.requests.length,
			maxConcurrent: this.highest,
			requests: this.requests.map((request) => ({
				...request,
				headers: { ...request.headers },
			})),
		};
	}
}
