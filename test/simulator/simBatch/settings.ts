/** What may be changed while the simulator runs, by code or by `PATCH /_simulator/settings`. */
export interface SimBatchSettings {
	/** How `result` holds its rows: as the document prints it, or as a JSON text. */
	resultShape: 'array' | 'string';
	/** How a reply says that it knows none of the numbers; `error` is the document's way. */
	noneAs: 'error' | 'empty' | 'null';
	/** The unit of `Balance`: the document prints KB; `mixed` changes it from card to card. */
	balanceUnit: 'KB' | 'MB' | 'GB' | 'mixed';
	/** Whether each reply lists one more card than was asked for. */
	extraRow: boolean;
}

export const DEFAULT_SETTINGS: Readonly<SimBatchSettings> = {
	resultShape: 'array',
	noneAs: 'error',
	balanceUnit: 'KB',
	extraRow: false,
};

const CHOICES: Readonly<{ [Name in keyof SimBatchSettings]: ReadonlyArray<string | boolean> }> = {
	resultShape: ['array', 'string'],
	noneAs: ['error', 'empty', 'null'],
	balanceUnit: ['KB', 'MB', 'GB', 'mixed'],
	extraRow: [true, false],
};

const isSetting = (name: string): name is keyof SimBatchSettings => Object.hasOwn(CHOICES, name);

/** Checks settings from outside; throws an Error that names the one that is wrong. */
export function checkSettings(patch: Record<string, unknown>): Partial<SimBatchSettings> {
	for (const [name, value] of Object.entries(patch)) {
		if (!isSetting(name)) {
			throw new Error(`No setting "${name}"; there are: ${Object.keys(CHOICES).join(', ')}`);
		}
		if (!CHOICES[name].some((choice) => choice === value)) {
			throw new Error(`The setting "${name}" cannot be ${JSON.stringify(value)}`);
		}
	}
	return patch;
}
