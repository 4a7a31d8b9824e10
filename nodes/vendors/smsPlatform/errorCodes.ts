import { lookUp, type ErrorCode, type ErrorCodes } from '../../shared/contracts/errors';

interface ResultCode extends ErrorCode {
	/** What SOAP replies give instead of the number. */
	readonly name: string;
	/** The document's Chinese meaning, which the other replies give instead of a code. */
	readonly words: string;
}

const CHECK_CREDENTIAL =
	'Check Account and Password in the credential. If both are right, switch Password Format there.';
const ASK_PLATFORM = 'Ask the platform to set it up for your account.';

/** SMS §7 "ResultCode", all of it; also the codes of JSON replies (§3.5, §4.5). */
export const RESULT_CODES: Readonly<Record<string, ResultCode>> = {
	'1': { name: 'OK', words: '操作成功', meaning: 'success', advice: 'Nothing to do.' },
	'1001': {
		name: 'ParamError',
		words: '参数错误',
		meaning: 'a parameter is wrong',
		advice: 'Check the parameters of this item: one of them is not what the platform expects.',
	},
	'1002': {
		name: 'UserNameEmpty',
		words: '用户名为空',
		meaning: 'the user name is empty',
		advice: 'Fill in Account in the credential.',
	},
	'1003': {
		name: 'PasswordEmpty',
		words: '密码为空',
		meaning: 'the password is empty',
		advice: 'Fill in Password in the credential.',
	},
	'1004': {
		name: 'UserNameError',
		words: '用户名错误',
		meaning: 'the user name is wrong',
		advice: 'Check Account in the credential.',
	},
	'1005': {
		name: 'PasswordError',
		words: '密码错误',
		meaning: 'the password is wrong',
		advice:
			'Check Password in the credential. If it is right, switch Password Format there: the platform may expect the other one.',
	},
	'1006': {
		name: 'BindIpError',
		words: 'IP绑定错误',
		meaning: 'the IP address is not allowed',
		advice:
			'Ask the platform to allow the public IP address from which this n8n calls it. Behind a proxy or NAT that is the address of the exit, not of the n8n machine.',
	},
	'1007': {
		name: 'UserStop',
		words: '帐户已停用',
		meaning: 'the account is suspended',
		advice: 'Ask the platform why the account is suspended.',
	},
	'1008': {
		name: 'UserIdError',
		words: 'UserId参数错误，该值必需要是数字，由供应商提供。',
		meaning: 'the user ID is wrong',
		advice: 'Check User ID in the credential: it is a number from the platform, or empty.',
	},
	'1009': {
		name: 'Text64Error',
		words: 'Text64参数错误',
		meaning: 'the Text64 parameter is wrong',
		advice: 'Only encrypted requests have this parameter: check the address and the parameters.',
	},
	'1010': {
		name: 'StampError',
		words: '时间戳错误，可能是格式不对，或是时间偏差太大（应该在5分钟以内）。',
		meaning: 'the time stamp is wrong',
		advice: 'Check the clock of the n8n server: it must be right to five minutes.',
	},
	'1103': {
		name: 'MsisdnEmpty',
		words: '手机号码为空',
		meaning: 'there is no phone number',
		advice: 'Fill in To.',
	},
	'1104': {
		name: 'ExtNumberError',
		words: '扩展错误',
		meaning: 'the extension number is wrong',
		advice:
			'Check Extension Number in the options. Leave it out if your channel does not support one.',
	},
	'1106': {
		name: 'NoChannel',
		words: '没有发送通道',
		meaning: 'the account has no channel to send over',
		advice: ASK_PLATFORM,
	},
	'1108': {
		name: 'MsisdnError',
		words: '错误的手机号码',
		meaning: 'a phone number is wrong',
		advice: 'Check To: country code and mobile number, e.g. 8613800138000.',
	},
	'1109': {
		name: 'MsisdnBlack',
		words: '黑名单的手机号码',
		meaning: 'a phone number is blocked',
		advice: 'Leave out the number: it is on the list of those that must not get messages.',
	},
	'1110': {
		name: 'MsisdnNoChannel',
		words: '没有通道的手机号码',
		meaning: 'there is no channel to a phone number',
		advice: 'Your account cannot send to this carrier or country. Ask the platform to enable it.',
	},
	'1111': {
		name: 'AmountNotEnough',
		words: '额度不足',
		meaning: 'the balance is too low',
		advice: 'Top up the account at the SMS platform.',
	},
	'1112': {
		name: 'NoProduct',
		words: '没有配置产品',
		meaning: 'the account has no product configured',
		advice: ASK_PLATFORM,
	},
	'2001': {
		name: 'ContentEmpty',
		words: '内容为空',
		meaning: 'the content is empty',
		advice: 'Fill in Content.',
	},
	'2105': {
		name: 'ContentLong',
		words: '内容太长',
		meaning: 'the content is too long',
		advice: 'Shorten Content, or ask the platform how long a message of your account may be.',
	},
	'2107': {
		name: 'SensitiveWords',
		words: '敏感词汇',
		meaning: 'the content holds forbidden words',
		advice: 'Reword Content: the platform refuses some words.',
	},
	'2113': {
		name: 'RequiredSuffix',
		words: '需要签名',
		meaning: 'the signature is missing',
		advice:
			'Fill in Signature, or end Content with your signature in 【】. It must be registered at the platform.',
	},
	'2114': {
		name: 'SuffixError',
		words: '签名错误',
		meaning: 'the signature is wrong',
		advice: 'Use the signature that is registered at the platform for this account.',
	},
	'3001': {
		name: 'SubjectEmpty',
		words: '主题为空',
		meaning: 'the subject is empty',
		advice: 'Only multimedia messages have a subject: check the address and the parameters.',
	},
	'9999': {
		name: 'InternalError',
		words: '系统内部错误',
		meaning: 'the platform has an internal error',
		advice:
			'The platform failed on its side. Before sending again, check whether the first message went out.',
		outcomeUnknown: true,
	},
};

const EMPTY_LOGIN: ErrorCode = {
	meaning: 'the user name or the password is empty',
	advice: 'Fill in Account and Password in the credential.',
};

const WRONG_LOGIN: ErrorCode = {
	meaning: 'the user name or the password is wrong',
	advice: CHECK_CREDENTIAL,
};

/** A code of SMS §7, and how it is shown: number and name. */
export interface KnownCode extends ErrorCode {
	readonly shown?: string;
}

/** By number, and by the names of SMS §7 in lower case. */
const byCode: Readonly<Record<string, KnownCode>> = Object.fromEntries(
	Object.entries(RESULT_CODES).flatMap(([code, known]) => {
		const shown = { ...known, shown: `${code} ${known.name}` };
		return [
			[code, shown],
			[known.name.toLowerCase(), shown],
		];
	}),
);

/** SMS §3.4 and §4.4, where 1 to 4 mean something else than in §7. */
const ofXmlQueries: ErrorCodes = {
	'1': EMPTY_LOGIN,
	'2': WRONG_LOGIN,
	'3': {
		meaning: 'this user may not see reports',
		advice: 'Ask the platform to allow your account to fetch reports and replies.',
	},
	'4': { meaning: 'the parameters are wrong', advice: 'Check the parameters of this item.' },
};

/** What a reply's message says that has no code, by the document's own words (SMS §2.3, §7). */
const byWords: ErrorCodes = {
	...Object.fromEntries(Object.values(RESULT_CODES).map((code) => [code.words, code])),
	用户名或密码不能为空: EMPTY_LOGIN,
	用户名或密码错误: WRONG_LOGIN,
};

/** The code of an XML reply: SMS §3.4 first, then §7. */
export const xmlError = (code: string): KnownCode | undefined =>
	lookUp(ofXmlQueries, code) ?? resultCode(code);

/** A code of SMS §7, by number or by name. */
export const resultCode = (code: string): KnownCode | undefined =>
	lookUp(byCode, code.toLowerCase());

/** For the replies without a code: what their exact words mean, if the document knows them. */
export const errorInWords = (words: string): ErrorCode | undefined => lookUp(byWords, words.trim());
