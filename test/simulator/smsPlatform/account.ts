import { createHash } from 'node:crypto';

import { Refusal } from './codes';
import type { SmsPlatformSettings } from './settings';

/** What a customer of the vendor signs in with. */
export interface SmsPlatformAccount {
	/** `userid`, which the vendor does not check (SMS §1.2). */
	userId: string;
	account: string;
	/** Changed by `pwd.aspx` (SMS §6). */
	password: string;
}

/** SMS §1.2: MD5 as 32 upper-case hex digits. */
export function md5Upper(text: string): string {
	return createHash('md5').update(text, 'utf8').digest('hex').toUpperCase();
}

/** How the vendor knows the password, as it must come over the wire. */
export function expectedPassword(
	known: Readonly<SmsPlatformAccount>,
	settings: SmsPlatformSettings,
	format: 'md5' | 'plain',
): string {
	const password = settings.comparedSecret || known.password;
	return format === 'md5' ? md5Upper(password) : password;
}

/** Refuses whoever is not the customer; `format` is how the password comes over the wire. */
export function checkLogin(
	known: Readonly<SmsPlatformAccount>,
	settings: SmsPlatformSettings,
	given: { account: string; password: string },
	format: 'md5' | 'plain',
): void {
	if (settings.refuseIp) throw new Refusal('BindIpError', 'The setting "refuseIp" is on');
	if (given.account === '') throw new Refusal('UserNameEmpty', 'No account');
	if (given.password === '') throw new Refusal('PasswordEmpty', 'No password');
	if (given.account !== known.account) throw new Refusal('UserNameError', 'Another account');
	const expected = expectedPassword(known, settings, format);
	if (given.password !== expected) {
		throw new Refusal(
			'PasswordError',
			format === 'md5'
				? 'Not the MD5 of the password in 32 upper-case hex digits'
				: 'Not the password, plain',
			settings.echoPasswords ? `密码错误: ${given.password}` : undefined,
		);
	}
	if (settings.accountStopped) throw new Refusal('UserStop', 'The setting "accountStopped" is on');
}
