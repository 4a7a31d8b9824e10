/** What may be changed while the simulator runs, by code or by `PATCH /_simulator/settings`. */
export interface M2mSettings {
	/**
	 * How `result` holds its rows, which the document leaves open. `object` is for one row only; `mixed`
	 * takes the three in turns.
	 */
	resultShape: 'array' | 'object' | 'string' | 'mixed';
	/** Whether the signature covers `content` URL-encoded, as it is sent, or as the text it stands for. */
	signContentAs: 'encoded' | 'raw';
	/** Refuses every request with 0002, as for an address that is not on the vendor's list. */
	refuseIp: boolean;
	/** The path of §2.6. */
	repliesPath: string;
	/** Milliseconds from the start of a diagnosis (§2.9) to its result (§2.10). */
	diagnosisDelayMs: number;
	/** Milliseconds until a sent SMS is delivered or has failed. */
	deliveryDelayMs: number;
	/** SMS left, before 0021. */
	smsBalance: number;
	/** Locate calls left, before 0030. */
	locateBalance: number;
}

export const DEFAULT_SETTINGS: Readonly<M2mSettings> = {
	resultShape: 'array',
	signContentAs: 'encoded',
	refuseIp: false,
	repliesPath: '/M2MHistorySend.ashx',
	diagnosisDelayMs: 200,
	deliveryDelayMs: 200,
	smsBalance: 10_000,
	locateBalance: 1_000,
};

type Check = (value: unknown) => boolean;

const oneOf =
	(...choices: string[]): Check =>
	(value) =>
		choices.some((choice) => choice === value);

const notNegative: Check = (value) => typeof value === 'number' && value >= 0;

const CHECKS: Readonly<Record<keyof M2mSettings, Check>> = {
	resultShape: oneOf('array', 'object', 'string', 'mixed'),
	signContentAs: oneOf('encoded', 'raw'),
	refuseIp: (value) => typeof value === 'boolean',
	repliesPath: (value) => typeof value === 'string' && value.startsWith('/'),
	diagnosisDelayMs: notNegative,
	deliveryDelayMs: notNegative,
	smsBalance: notNegative,
	locateBalance: notNegative,
};

const isSetting = (name: string): name is keyof M2mSettings => Object.hasOwn(CHECKS, name);

/** Checks settings from outside; throws an Error that names the one that is wrong. */
export function checkSettings(patch: Record<string, unknown>): Partial<M2mSettings> {
	for (const [name, value] of Object.entries(patch)) {
		if (!isSetting(name)) {
			throw new Error(`No setting "${name}"; there are: ${Object.keys(CHECKS).join(', ')}`);
		}
		if (!CHECKS[name](value)) {
			throw new Error(`The setting "${name}" cannot be ${JSON.stringify(value)}`);
		}
	}
	return patch;
}
