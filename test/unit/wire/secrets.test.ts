import {
	followProofs,
	noteProofs,
	pastedText,
	secretsIn,
} from '../../../nodes/shared/wire/secrets';

test.each([
	['secret', 'secret'],
	[' a b\t\r\n', 'a b'],
	['\u00a0\u3000\ufeff\u200b\u200d\u2060\u202ase\u200bcret\u202c\u200e\u0000', 'se\u200bcret'],
	['密码😀', '密码😀'],
	[12345678, '12345678'],
	[0, '0'],
	[12345678901234567890n, '12345678901234567890'],
])('%j is meant as %j', (given, meant) => {
	expect(pastedText(given)).toBe(meant);
});

test.each([undefined, null, true, false, {}, [], ['a'], NaN, Infinity, '', ' \u200b\n'])(
	'%p is no text',
	(given) => {
		expect(pastedText(given)).toBe('');
	},
);

test('white space of any length takes no time', () => {
	const space = ' '.repeat(1_000_000);
	expect(pastedText(`${space}a${space}b${space}`)).toBe(`a${space}b`);
});

test('a credential has its secrets as they are meant and as they were pasted', () => {
	const credential = { account: 'me', password: ' a\n', token: 7 };
	expect(secretsIn(credential, ['password', 'token', 'other'])).toEqual(['a', ' a\n', '7', '']);
});

test('what a request is signed with is known to who has it signed, and to nobody else', () => {
	const credential = { password: 'a' };
	const one = followProofs(credential);
	const other = followProofs(credential);
	expect(one.credential).toEqual(credential);
	noteProofs(one.credential, 'sign', 'header');
	noteProofs(credential, 'unheard');
	expect(one.proofs).toEqual(['sign', 'header']);
	expect(other.proofs).toEqual([]);
	expect(JSON.stringify(one.credential)).toBe('{"password":"a"}');
});
