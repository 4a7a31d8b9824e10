/**
 * Which language the person at the terminal reads. Plain JavaScript, because `npm start` speaks before
 * anything is installed.
 */

/** By POSIX, the first of these variables that is set says it. */
const VARIABLES = ['LC_ALL', 'LC_MESSAGES', 'LANG'];

/** `zh` under a Chinese locale such as `zh_CN.UTF-8`, else `en`. */
exports.terminalLanguage = (environment = process.env) => {
	const locale = VARIABLES.map((name) => environment[name]).find(Boolean) ?? '';
	return /^zh\b|^zh_/i.test(locale) ? 'zh' : 'en';
};

/** The text in the language of the terminal. */
exports.localized = (english, chinese) => (exports.terminalLanguage() === 'zh' ? chinese : english);
