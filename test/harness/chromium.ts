import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const PROGRAMS = [
	'chromium',
	'chromium-browser',
	'google-chrome',
	'google-chrome-stable',
	'chrome',
];

/** Places that are not in PATH. */
const FURTHER_PLACES = [
	'/snap/bin/chromium',
	'/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
	'/Applications/Chromium.app/Contents/MacOS/Chromium',
	'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
	'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
];

/** The path of a Chromium or Chrome: `$CHROMIUM_PATH`, or the first one that is installed. */
export function findChromium(): string | undefined {
	const { CHROMIUM_PATH, PATH = '' } = process.env;
	if (CHROMIUM_PATH) return existsSync(CHROMIUM_PATH) ? CHROMIUM_PATH : undefined;
	const inPath = PATH.split(delimiter).flatMap((folder) =>
		PROGRAMS.map((program) => join(folder, program)),
	);
	return [...inPath, ...FURTHER_PLACES].find((path) => existsSync(path));
}
