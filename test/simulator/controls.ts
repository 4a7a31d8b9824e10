import type { Latency } from './delays';
import { parseFault } from './faults';
import type { Faults } from './faults';
import { jsonReply } from './replies';
import type { RequestLog } from './requestLog';
import { isObject } from './types';
import type { JsonValue, SimulatorReply, VendorBackend } from './types';

/** Below this path a simulator is steered; the vendors know no such path. */
export const CONTROL_PATH = '/_simulator';

interface Steered {
	backend: VendorBackend;
	faults: Faults;
	requests: RequestLog;
	latency: Latency;
}

type Control = (body: unknown) => JsonValue;

const DONE = { ok: true };

function milliseconds(name: string, value: unknown): number {
	if (typeof value === 'number' && value >= 0) return value;
	throw new Error(`"${name}" must be a number of milliseconds`);
}

/** Null: as many as there are. */
function requestsAtOnce(value: unknown): number {
	if (value === null) return Infinity;
	if (typeof value === 'number' && value >= 1) return value;
	throw new Error('"chokeAbove" must be a number of requests, or null');
}

function changeSettings({ backend, latency }: Steered, body: unknown): JsonValue {
	if (!isObject(body)) throw new Error('Settings must be a JSON object');
	const { latencyMs = latency.ms, jitterMs = latency.jitter, chokeAbove, ...ofVendor } = body;
	const ms = milliseconds('latencyMs', latencyMs);
	const jitter = milliseconds('jitterMs', jitterMs);
	const most = chokeAbove === undefined ? latency.chokeAbove : requestsAtOnce(chokeAbove);
	backend.changeSettings(ofVendor);
	latency.change(ms, jitter, most);
	return DONE;
}

function controlsOf(steered: Steered): Readonly<Record<string, Control>> {
	const { backend, faults, requests } = steered;
	return {
		'GET /faults': () => faults.list(),
		'POST /faults': (body) => {
			faults.add(parseFault(body));
			return DONE;
		},
		'DELETE /faults': () => {
			faults.clear();
			return DONE;
		},
		'GET /requests': () => requests.toJson(),
		'DELETE /requests': () => {
			requests.clear();
			return DONE;
		},
		'GET /state': () => backend.state(),
		'PATCH /settings': (body) => changeSettings(steered, body),
		...backend.controls,
	};
}

/** Answers a request to `/_simulator/...`; what cannot be done is an HTTP 400 or 404 with `error`. */
export function answerControl(
	steered: Steered,
	method: string,
	path: string,
	body: string,
): SimulatorReply {
	const controls = controlsOf(steered);
	const name = `${method} ${path.slice(CONTROL_PATH.length)}`;
	const control = controls[name];
	if (!control) {
		return jsonReply({ error: `No control "${name}"`, controls: Object.keys(controls) }, 404);
	}
	try {
		const input: unknown = body === '' ? undefined : JSON.parse(body);
		return jsonReply(control(input));
	} catch (error) {
		return jsonReply({ error: error instanceof Error ? error.message : String(error) }, 400);
	}
}
