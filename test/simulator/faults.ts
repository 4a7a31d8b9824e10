import { FAULT_KINDS } from './faultKinds';
import type { FaultKind } from './faultKinds';
import { Signal } from './signal';
import { isObject } from './types';
import type { JsonObject, SimulatorRequest } from './types';

/** Those that are settings of a vendor for the time of one request. */
export type SettingFault = Extract<FaultKind, 'refuse-ip' | 'wrong-signature'>;

export interface Fault {
	/** Only requests to this path, e.g. `/M2MSearchInfo.ashx`. */
	path?: string;
	/** Only requests whose raw body contains this text. */
	match?: string;
	fault: FaultKind;
	/** Milliseconds for `slow`, the vendor's code for `code`. */
	value?: number | string;
	/** How many requests it hits; unlimited when left out. */
	times?: number;
}

function isFaultKind(value: unknown): value is FaultKind {
	return FAULT_KINDS.some((kind) => kind === value);
}

function optionalText(input: Record<string, unknown>, name: string): string | undefined {
	const value = input[name];
	if (value === undefined || typeof value === 'string') return value;
	throw new Error(`"${name}" must be a string`);
}

/** Checks a fault that came from outside; throws an Error that names the field. */
export function parseFault(input: unknown): Fault {
	if (!isObject(input)) throw new Error('A fault must be a JSON object');
	const { fault, value, times } = input;
	if (!isFaultKind(fault)) {
		throw new Error(`"fault" must be one of: ${FAULT_KINDS.join(', ')}`);
	}
	if (fault === 'slow' && !(typeof value === 'number' && value >= 0)) {
		throw new Error('"value" of the fault "slow" must be a number of milliseconds');
	}
	if (fault === 'code' && typeof value !== 'string') {
		throw new Error('"value" of the fault "code" must be a code of the vendor, as a string');
	}
	if (times !== undefined && !(Number.isInteger(times) && Number(times) > 0)) {
		throw new Error('"times" must be a whole number above 0');
	}
	return {
		path: optionalText(input, 'path'),
		match: optionalText(input, 'match'),
		fault,
		value: typeof value === 'number' || typeof value === 'string' ? value : undefined,
		times: times === undefined ? undefined : Number(times),
	};
}

/** The faults in force. Where several fit a request, the one added first applies, alone. */
export class Faults {
	private active: Fault[] = [];

	/** That another set of faults is in force. */
	readonly changed = new Signal<void>();

	add(fault: Fault): void {
		this.active.push(parseFault(fault));
		this.changed.emit();
	}

	clear(): void {
		this.active = [];
		this.changed.emit();
	}

	list(): Array<Fault & JsonObject> {
		return this.active.map((fault) => ({ ...fault }));
	}

	/** The fault for this request, if any; it has used up one of its times. */
	take(request: SimulatorRequest): Fault | undefined {
		const fault = this.active.find(
			({ path, match }) =>
				(path === undefined || path === request.path) &&
				(match === undefined || request.body.includes(match)),
		);
		if (fault?.times !== undefined) {
			if (--fault.times === 0) this.active = this.active.filter((other) => other !== fault);
			this.changed.emit();
		}
		return fault;
	}
}
