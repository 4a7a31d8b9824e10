import { Explainer, findMistake } from '../explanation';
import type { Explanation, Words } from '../explanation';
import type { SimulatorRequest } from '../types';
import { expectedPassword, md5Upper } from './account';
import type { SmsPlatformAccount } from './account';
import { Refusal } from './codes';
import { readForm } from './form';
import { pageAt } from './pages';
import type { SmsPlatformSettings } from './settings';
import { openEnvelope, SoapFault, versionOf } from './soap/envelope';

const PASSWORD_PATH = '/pwd.aspx';
const SOAP_PATH = '/webservice.asmx';

interface Login {
	account: string;
	password: string;
	format: 'md5' | 'plain';
	/** The paragraph that says how the password comes. */
	source: string;
}

/** Who asks, as the page at the path reads it; undefined: it cannot be read. */
function readLogin(request: SimulatorRequest, settings: SmsPlatformSettings): Login | undefined {
	const path = request.path.toLowerCase();
	try {
		if (path === SOAP_PATH) {
			const version = versionOf(request);
			if (!version) return undefined;
			const { userName, password } = openEnvelope(request, version);
			return { account: userName, password, format: 'plain', source: 'SMS §7' };
		}
		const form = readForm(request, settings);
		const isPlain = path === PASSWORD_PATH;
		return {
			account: form.get('account'),
			password: form.get('password'),
			format: isPlain ? 'plain' : settings.passwordFormat,
			source: isPlain ? 'SMS §6' : 'SMS §1.2',
		};
	} catch (error) {
		if (error instanceof Refusal || error instanceof SoapFault) return undefined;
		throw error;
	}
}

function* mistakes(
	{ password: given, format }: Login,
	expected: string,
	known: Readonly<SmsPlatformAccount>,
	settings: SmsPlatformSettings,
): Generator<{ words: Words; gives: () => boolean }> {
	const secret = settings.comparedSecret || known.password;
	const own = format === 'md5' ? md5Upper(known.password) : known.password;
	yield {
		words: {
			en: 'The password differs: it is that of the account, while the platform has another one now.',
			zh: '密码不一致：请求用的是账户密码，而平台现在使用的是另一个密码。',
		},
		gives: () => given === own,
	};
	yield {
		words: {
			en: 'The password came plain; this page wants its MD5 in upper case.',
			zh: '密码是明文；此接口要求大写的 MD5。',
		},
		gives: () => format === 'md5' && given === secret,
	};
	yield {
		words: {
			en: 'It is the right MD5 in lower case; the platform wants upper case.',
			zh: 'MD5 正确但用了小写；平台要求大写。',
		},
		gives: () => format === 'md5' && given.toUpperCase() === expected,
	};
	yield {
		words: {
			en: 'The password was hashed twice.',
			zh: '密码被做了两次 MD5。',
		},
		gives: () =>
			format === 'md5' &&
			[md5Upper(expected), md5Upper(expected.toLowerCase())].includes(given.toUpperCase()),
	};
	yield {
		words: {
			en: 'The MD5 of the password came; this interface wants it plain.',
			zh: '收到的是密码的 MD5；此接口要求明文。',
		},
		gives: () => format === 'plain' && given.toUpperCase() === md5Upper(secret),
	};
	yield {
		words: {
			en: 'There is a blank around the password.',
			zh: '密码前后带有空格。',
		},
		gives: () => {
			const spaced = [`${secret} `, ` ${secret}`, ` ${secret} `, `${secret}\n`];
			return (format === 'md5' ? spaced.map(md5Upper) : spaced).includes(given);
		},
	};
	yield {
		words: {
			en: 'The case of the password differs.',
			zh: '密码的大小写不一致。',
		},
		gives: () => {
			const cases = [secret.toLowerCase(), secret.toUpperCase()];
			return (format === 'md5' ? cases.map(md5Upper) : cases).includes(given);
		},
	};
}

/** How the platform checks who sent a request, step by step; changes nothing. */
export function explainRequest(
	request: SimulatorRequest,
	known: Readonly<SmsPlatformAccount>,
	settings: SmsPlatformSettings,
): Explanation {
	const explainer = new Explainer();
	const isCall = request.method === 'POST' || request.method === 'GET';
	const isSoapPage = request.path.toLowerCase() === SOAP_PATH;
	if (!pageAt(request.path) || !isCall || (isSoapPage && request.method === 'GET')) {
		return explainer.end(null, {
			en: 'There is no such call, so nothing is checked.',
			zh: '没有这个接口，因此不做检查。',
		});
	}
	const login = readLogin(request, settings);
	if (!login) {
		return explainer.end(false, {
			en: 'The request cannot be read, so that there is no login to check: look at its content type and encoding.',
			zh: '无法读取请求，因此没有可检查的登录信息：请查看内容类型和编码。',
		});
	}
	const { account, password, format, source } = login;
	if (settings.refuseIp) {
		return explainer.end(null, {
			en: 'The address is not on the list of the platform (1006); the password is not looked at.',
			zh: '地址不在平台白名单内（1006），不再检查密码。',
		});
	}
	const lookUp = { en: 'Look up the account', zh: '查找账户' };
	const isKnown = explainer.compare(lookUp, source, known.account, account);
	if (account === '' || password === '') {
		return explainer.end(false, {
			en: 'Account or password is empty (1002, 1003).',
			zh: '账户或密码为空（1002、1003）。',
		});
	}
	if (!isKnown) {
		return explainer.end(false, {
			en: 'The platform knows no such account (1004): compare it with the credential.',
			zh: '平台没有这个账户（1004）：请与凭据核对。',
		});
	}
	const expected = expectedPassword(known, settings, format);
	explainer.step(
		{ en: 'Take the password that the platform has', zh: '取平台保存的密码' },
		settings.comparedSecret || known.password,
		source,
	);
	if (format === 'md5') {
		explainer.step(
			{ en: 'MD5, as 32 upper-case hex digits', zh: '计算 MD5，取 32 位大写十六进制' },
			expected,
			source,
		);
	}
	const compare =
		format === 'md5'
			? { en: 'Compare it with password', zh: '与 password 比较' }
			: { en: 'Compare it with password, which comes plain', zh: '与明文 password 比较' };
	if (!explainer.compare(compare, source, expected, password)) {
		const mistake = findMistake(mistakes(login, expected, known, settings));
		return explainer.end(false, {
			en: `The platform refused it with 1005. ${mistake?.en ?? 'The password differs.'}`,
			zh: `平台以 1005 拒绝了请求。${mistake?.zh ?? '密码不一致。'}`,
		});
	}
	if (settings.accountStopped) {
		return explainer.end(true, {
			en: 'The password is right, but the account is stopped (1007).',
			zh: '密码正确，但账户已停用（1007）。',
		});
	}
	return explainer.end(true, {
		en: 'The password is right: the request is from whoever knows it.',
		zh: '密码正确：请求来自知道密码的一方。',
	});
}
