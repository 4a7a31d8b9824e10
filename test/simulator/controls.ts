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
	settings: { latencyMs: number };
}

type Control = (body: unknown) => JsonValue;

const DONE = { ok: true };

function changeSettings({ backend, settings }: Steered, body: unknown): JsonValue {
	if (!isObject(body)) throw new Error('Settings must be a JSON object');
	const { latencyMs, ...ofVendor } = body;
	if (latencyMs !== undefined && !(typeof latencyMs === 'number' && latencyMs >= 0)) {
		throw new Error('"latencyMs" must be a number of milliseconds');
	}
	backend.changeSettings(ofVendor);
	if (latencyMs !== undefined) settings.latencyMs = latencyMs;
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
