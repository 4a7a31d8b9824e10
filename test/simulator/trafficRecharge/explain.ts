import { createHash } from 'node:crypto';

import { chinaDateTime, chinaDigits } from '../chinaTime';
import { Explainer, findMistake } from '../explanation';
import type { Explanation, Words } from '../explanation';
import type { SimulatorRequest } from '../types';
import { Refusal } from './codes';
import type { TrafficSettings } from './settings';
import { howFarOff, instantOfTimestamp, openAuthorization, trafficSign } from './signature';
import type { TrafficAccount } from './signature';

const HEADER_SOURCE = 'Traffic, Authorization';
const SIGN_SOURCE = 'Traffic, Sign';
const HOUR_MS = 60 * 60 * 1000;
/** How many seconds a second time stamp, taken for the signature alone, may be from the first. */
const SECOND_STAMP_SECONDS = 60;

const md5 = (text: string) => createHash('md5').update(text, 'utf8').digest('hex').toUpperCase();

const decodeBase64 = (text: string) => Buffer.from(text, 'base64').toString('utf8');

function explainHeader(header: string): Words {
	if (header === '') {
		return {
			en: 'There is no Authorization header (-202).',
			zh: '请求没有 Authorization 包头（-202）。',
		};
	}
	if (/^(basic|bearer)\s/i.test(header)) {
		return {
			en: 'Authorization has a prefix such as "Basic"; the platform wants the base64 alone (-202).',
			zh: 'Authorization 带有“Basic”之类的前缀；平台只接受 base64 本身（-202）。',
		};
	}
	if (/^[^|]+:\d{14}$/.test(decodeBase64(header))) {
		return {
			en: 'Account and time are joined by a colon; it must be a bar, "|" (-202).',
			zh: '账户 Id 与时间戳之间用了冒号；应为竖线“|”（-202）。',
		};
	}
	return {
		en: 'Authorization is not the base64 of account id, a bar "|" and the time (-202).',
		zh: 'Authorization 不是“账户Id|时间戳”的 base64（-202）。',
	};
}

function explainTime(timestamp: string, now: number): Words {
	const sentAt = instantOfTimestamp(timestamp);
	if (sentAt === undefined) {
		return {
			en: 'The time is not laid out as yyyyMMddHHmmss (-202).',
			zh: '时间戳格式不是 yyyyMMddHHmmss（-202）。',
		};
	}
	const off = sentAt - now;
	if (Math.abs(off + 8 * HOUR_MS) < HOUR_MS / 4) {
		return {
			en: 'The time is eight hours behind: it is in UTC, and the platform wants the time in China, UTC+8 (-202).',
			zh: '时间戳慢了 8 小时：用的是 UTC 时间，平台要求北京时间 UTC+8（-202）。',
		};
	}
	return {
		en: `The time says ${chinaDateTime(sentAt)} in China, which is too far ${off < 0 ? 'behind' : 'ahead'}: check the clock and its time zone (-202).`,
		zh: `时间戳表示北京时间 ${chinaDateTime(sentAt)}，${off < 0 ? '慢' : '快'}得太多：请检查时钟和时区（-202）。`,
	};
}

/** Time stamps that a program would have made shortly before or after, or in UTC. */
function* nearby(timestamp: string): Generator<string> {
	const instant = instantOfTimestamp(timestamp) ?? 0;
	for (const hours of [0, -8, 8]) {
		for (let seconds = 0; seconds <= SECOND_STAMP_SECONDS; seconds++) {
			yield chinaDigits(instant + hours * HOUR_MS + seconds * 1000);
			yield chinaDigits(instant + hours * HOUR_MS - seconds * 1000);
		}
	}
}

function* mistakes(
	{ accountSid, authToken }: TrafficAccount,
	token: string,
	timestamp: string,
	signs: readonly string[],
): Generator<{ words: Words; gives: () => boolean }> {
	const given = signs[0]?.toUpperCase() ?? '';
	yield {
		words: { en: 'There is no Sign in the query of the URL.', zh: 'URL 中没有 Sign 参数。' },
		gives: () => signs.length === 0,
	};
	yield {
		words: { en: 'Sign stands in the URL more than once.', zh: 'URL 中的 Sign 参数多于一个。' },
		gives: () => signs.length > 1,
	};
	yield {
		words: {
			en: 'The auth token differs: it was signed with the token of the account, while the platform has another one now.',
			zh: '授权令牌不一致：请求用的是账户令牌，而平台现在使用的是另一个令牌。',
		},
		gives: () => trafficSign(accountSid, authToken, timestamp) === given,
	};
	yield {
		words: {
			en: 'Sign was made with another time than the one in Authorization: both must be the same.',
			zh: 'Sign 使用的时间戳与 Authorization 中的不同：两者必须一致。',
		},
		gives: () =>
			[...nearby(timestamp)].some((time) => trafficSign(accountSid, token, time) === given),
	};
	yield {
		words: {
			en: 'The text was lower-cased before it was hashed.',
			zh: '计算 MD5 之前把字符串转换成了小写。',
		},
		gives: () => md5((accountSid + token + timestamp).toLowerCase()) === given,
	};
	yield {
		words: {
			en: 'The MD5 of the auth token was joined, in place of the token.',
			zh: '拼接的是授权令牌的 MD5，而不是令牌本身。',
		},
		gives: () =>
			[md5(token), md5(token).toLowerCase()].some(
				(hashed) => trafficSign(accountSid, hashed, timestamp) === given,
			),
	};
	yield {
		words: {
			en: 'A bar was joined in: for Sign there is nothing between the parts.',
			zh: '拼接时加了竖线：Sign 各部分之间没有分隔符。',
		},
		gives: () => md5([accountSid, token, timestamp].join('|')) === given,
	};
	yield {
		words: {
			en: 'The parts were joined in another order, or one is missing: it is account id, auth token, time.',
			zh: '拼接顺序不对或缺少一部分：应为账户Id、授权令牌、时间戳。',
		},
		gives: () =>
			[
				token + accountSid + timestamp,
				accountSid + timestamp + token,
				timestamp + accountSid + token,
				accountSid + token,
				accountSid + timestamp,
			].some((text) => md5(text) === given),
	};
}

const UNKNOWN_MISTAKE: Words = {
	en: 'The auth token differs.',
	zh: '授权令牌不一致。',
};

/**
 * How the platform checks who sent a request, step by step; changes nothing.
 *
 * @param sidInPath the account of the URL; undefined: there is no such call
 */
export function explainRequest(
	request: SimulatorRequest,
	sidInPath: string | undefined,
	account: TrafficAccount,
	now: number,
	rules: TrafficSettings,
): Explanation {
	const explainer = new Explainer();
	if (sidInPath === undefined || request.method !== 'POST') {
		return explainer.end(null, {
			en: 'There is no such call, so nothing is checked.',
			zh: '没有这个接口，因此不做检查。',
		});
	}
	const header = request.headers.authorization ?? '';
	explainer.step(
		{ en: 'Decode the base64 of Authorization', zh: '对 Authorization 做 base64 解码' },
		decodeBase64(header),
		HEADER_SOURCE,
	);
	let opened: ReturnType<typeof openAuthorization>;
	try {
		opened = openAuthorization(header);
	} catch (error) {
		if (error instanceof Refusal) return explainer.end(false, explainHeader(header));
		throw error;
	}
	const { accountSid, timestamp } = opened;
	const isInTime = howFarOff(timestamp, now) <= rules.clockToleranceMs;
	explainer.compare(
		{
			en: `Read the time as that in China: it may be ${rules.clockToleranceMs / 60_000} minutes off`,
			zh: `按北京时间读取时间戳：允许相差 ${rules.clockToleranceMs / 60_000} 分钟`,
		},
		HEADER_SOURCE,
		chinaDigits(now),
		timestamp,
		isInTime,
	);
	if (!isInTime) return explainer.end(false, explainTime(timestamp, now));
	const same = {
		en: 'See that URL and Authorization name the same account',
		zh: '确认 URL 与 Authorization 中的账户一致',
	};
	if (!explainer.compare(same, HEADER_SOURCE, sidInPath, accountSid)) {
		return explainer.end(false, {
			en: 'The account in the URL is not the one in Authorization (-202).',
			zh: 'URL 中的账户与 Authorization 中的账户不一致（-202）。',
		});
	}
	const lookUp = { en: 'Look up the account', zh: '查找账户' };
	if (!explainer.compare(lookUp, HEADER_SOURCE, account.accountSid, accountSid)) {
		return explainer.end(false, {
			en: 'The platform knows no such account (-200): compare the Account SID with the credential.',
			zh: '平台没有这个账户（-200）：请核对凭据中的 Account SID。',
		});
	}
	if (!rules.userActive) {
		return explainer.end(null, {
			en: 'The account is not active (-201); the signature is not looked at.',
			zh: '账户未激活（-201），不再检查签名。',
		});
	}
	const token = rules.comparedSecret || account.authToken;
	const joined = account.accountSid + token + timestamp;
	explainer.step(
		{ en: 'Join account id + auth token + time', zh: '依次拼接 账户Id + 授权令牌 + 时间戳' },
		joined,
		SIGN_SOURCE,
	);
	const expected = trafficSign(account.accountSid, token, timestamp);
	explainer.step(
		{ en: 'MD5, as 32 hex digits', zh: '计算 MD5，取 32 位十六进制' },
		expected,
		SIGN_SOURCE,
	);
	const signs = new URLSearchParams(request.query).getAll('Sign');
	const isSame = signs.length === 1 && signs[0]?.toUpperCase() === expected;
	explainer.compare(
		{
			en: 'Compare it with Sign of the URL, in either case',
			zh: '与 URL 中的 Sign 比较，不分大小写',
		},
		SIGN_SOURCE,
		expected,
		signs.join(', '),
		isSame,
	);
	if (!isSame) {
		const mistake = findMistake(mistakes(account, token, timestamp, signs)) ?? UNKNOWN_MISTAKE;
		return explainer.end(false, {
			en: `The platform refused it with -203. ${mistake.en}`,
			zh: `平台以 -203 拒绝了请求。${mistake.zh}`,
		});
	}
	if (rules.refuseIp) {
		return explainer.end(true, {
			en: 'The signature is right, but the address is not on the list of the application (-205).',
			zh: '签名正确，但地址不在应用的 IP 白名单内（-205）。',
		});
	}
	return explainer.end(true, {
		en: 'The signature is right: the request is from whoever knows the auth token.',
		zh: '签名正确：请求来自知道授权令牌的一方。',
	});
}
