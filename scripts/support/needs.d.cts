export declare function needs(): string;
