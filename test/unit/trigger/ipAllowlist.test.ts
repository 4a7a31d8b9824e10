import {
	isAllowed,
	isPublicHost,
	parseAllowlist,
	readAllowlist,
} from '../../../nodes/shared/trigger/ipAllowlist';

const allows = (list: string, address: string) => isAllowed(readAllowlist(list, list), address);

test.each([
	['', '203.0.113.7', true],
	[' \n', '203.0.113.7', true],
	[' , \n', '203.0.113.7', false],
	[',', '127.0.0.1', false],
	['\u200b', '127.0.0.1', false],
	['203.0.113.7', '203.0.113.7', true],
	['203.0.113.7', '203.0.113.8', false],
	['10.0.0.0/8', '10.255.0.1', true],
	['10.0.0.0/8', '11.0.0.1', false],
	['10.1.2.3/8', '10.200.0.1', true],
	['0.0.0.0/0', '8.8.8.8', true],
	['0.0.0.0/0', '2001:db8::1', false],
	['192.0.2.1, 198.51.100.0/24', '198.51.100.77', true],
	['192.0.2.1\n198.51.100.0/24；203.0.113.1，203.0.113.2', '203.0.113.2', true],
	['2001:db8::/32', '2001:db8:1::1', true],
	['2001:db8::/32', '2001:db9::1', false],
	['2001:DB8::1', '2001:db8:0:0:0:0:0:1', true],
	['203.0.113.7', '::ffff:203.0.113.7', true],
	['203.0.113.7', '::ffff:cb00:7107', true],
	['::ffff:203.0.113.0/120', '203.0.113.9', true],
	['::ffff:203.0.113.0/120', '203.0.114.9', false],
	['::1', '127.0.0.1', false],
	['::/0', '127.0.0.1', false],
	['203.0.113.7', '', false],
	['203.0.113.7', 'unknown', false],
	['203.0.113.7', '203.0.113.7, 1.2.3.4', false],
])('"%s" and %s: %s', (list, address, allowed) => {
	expect(allows(list, address)).toBe(allowed);
});

test.each([
	'203.0.113.300',
	'10.1',
	'010.0.0.1',
	'10.0.0.0/33',
	'10.0.0.0/',
	'10.0.0.0/8/8',
	'a.b',
])('%s is no entry, and allows nobody', (entry) => {
	expect(parseAllowlist(entry)).toEqual({ blocks: [], invalid: [entry] });
	expect(allows(entry, '10.0.0.1')).toBe(false);
	expect(allows(entry, '8.0.0.1')).toBe(false);
	expect(allows(`${entry}, 10.0.0.1`, '10.0.0.1')).toBe(true);
});

test.each([
	['n8n.example.org', true],
	['203.0.113.7', false],
	['8.8.8.8', true],
	['[2606:4700::1111]', true],
	['localhost', false],
	['n8n', false],
	['n8n.local', false],
	['app.localhost', false],
	['127.0.0.1', false],
	['10.1.2.3', false],
	['172.16.0.1', false],
	['192.168.1.5', false],
	['100.64.0.1', false],
	['169.254.1.1', false],
	['0.0.0.0', false],
	['[::1]', false],
	['[fd00::1]', false],
	['[::ffff:192.168.1.5]', false],
])('the internet reaches %s: %s', (host, reaches) => {
	expect(isPublicHost(host)).toBe(reaches);
});
