import { changelogOf } from '../../../scripts/packages/changelog';
import { sourceInEnglish, withoutChinese } from '../../../scripts/packages/englishOnly';
import { VENDOR_PACKAGES } from '../../../scripts/packages/table';

test.each([
	['Account (用户帐号, account)', 'Account (account)'],
	['open Basic Information (基础信息 > 接口), then', 'open Basic Information, then'],
	['its notice_url (通知回调地址).', 'its notice_url.'],
	['two (一) and two (二, 2)', 'two and two (2)'],
	['Size (MB)', 'Size (MB)'],
	['套餐流量 (MB)', '套餐流量 (MB)'],
])('%s becomes %s', (text, english) => {
	expect(withoutChinese(text)).toBe(english);
});

test('a source keeps all but the Chinese of its texts', () => {
	const source =
		"f('a', 'Name (名称)'); // 注释\nconst x = /(中)/; const y = ['中国', \"b (文, c)\"];";
	expect(sourceInEnglish(source)).toBe(
		'f(\'a\', "Name"); // 注释\nconst x = /(中)/; const y = [\'中国\', "b (c)"];',
	);
});

test('a message without English words is no package', () => {
	expect(() => sourceInEnglish("const message = '您好，谢谢。';")).toThrow('您好，谢谢。');
});

describe('the changelog of a package', () => {
	const changelog = [
		'# Changelog',
		'',
		'All of it.',
		'',
		'## [Unreleased]',
		'',
		'### Added',
		'',
		'- **Traffic Recharge**: orders. Also 话费. See [docs/a.md](docs/a.md).',
		'- **SMS Platform**: sends.',
		'',
		'### Changed',
		'',
		'- **SMS Platform** sends faster.',
		'',
		'### Fixed',
		'',
		'- 中文 words first.',
		'- `npm start` starts.',
		'- All errors (错误) are clear.',
		'- **Push triggers** answer.',
	].join('\n');

	const of = (vendor: string): string => {
		const one = VENDOR_PACKAGES.find((candidate) => candidate.vendor === vendor);
		if (!one) throw new Error(`No package of ${vendor}`);
		const text = changelogOf(one, changelog);
		return text.slice(text.indexOf('## [')).trim();
	};

	test('has its own lines and those of all, in English', () => {
		expect(of('trafficRecharge').split('\n')).toEqual([
			'## [Unreleased]',
			'',
			'### Added',
			'',
			'- **Traffic Recharge**: orders. See [docs/a.md](https://github.com/n8n-nodes-m2m-iot/n8n-nodes-m2m-iot/blob/main/docs/a.md).',
			'',
			'### Fixed',
			'',
			'- All errors are clear.',
			'- **Push triggers** answer.',
		]);
	});

	test('says nothing of triggers where there are none', () => {
		expect(of('simBatch').split('\n')).toEqual([
			'## [Unreleased]',
			'',
			'### Fixed',
			'',
			'- All errors are clear.',
		]);
	});
});
