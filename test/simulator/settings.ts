/** What may be changed while a simulator runs comes from outside, so it is checked. */

export type Check = (value: unknown) => boolean;

export const oneOf =
	(...choices: string[]): Check =>
	(value) =>
		choices.some((choice) => choice === value);

export const text: Check = (value) => typeof value === 'string';
export const flag: Check = (value) => typeof value === 'boolean';
export const notNegative: Check = (value) => typeof value === 'number' && value >= 0;
export const countable: Check = (value) => Number.isInteger(value) && Number(value) >= 0;

/** What the faults that are settings stand for. */
export const SETTING_FAULTS = {
	'refuse-ip': { refuseIp: true },
	'wrong-signature': { comparedSecret: 'AnotherPassword99' },
} as const;

/** Acts with some settings changed, and puts back what they were. */
export function withSettings<Settings extends object, Result>(
	settings: Settings,
	patch: Partial<Settings>,
	act: () => Result,
): Result {
	const before = { ...settings };
	Object.assign(settings, patch);
	try {
		return act();
	} finally {
		for (const name of Object.keys(patch) as Array<keyof Settings>) settings[name] = before[name];
	}
}

/** Makes the check of a vendor's settings; it throws an Error that names the one that is wrong. */
export function settingsChecker<Settings extends object>(
	checks: Readonly<Record<keyof Settings & string, Check>>,
): (patch: Record<string, unknown>) => Partial<Settings> {
	const isSetting = (name: string): name is keyof Settings & string => Object.hasOwn(checks, name);
	return (patch) => {
		for (const [name, value] of Object.entries(patch)) {
			if (!isSetting(name)) {
				throw new Error(`No setting "${name}"; there are: ${Object.keys(checks).join(', ')}`);
			}
			if (!checks[name](value)) {
				throw new Error(`The setting "${name}" cannot be ${JSON.stringify(value)}`);
			}
		}
		return patch as Partial<Settings>;
	};
}
