/** The English of *cannot run here* where Java, or Apache Kafka itself, is asked. */
import type { CannotRun } from '../../result.ts';
import type { NeedText } from './need-text.ts';

export type KafkaNeedCode = 'no-java' | 'no-java-compiler' | 'no-kafka' | 'kafka-home' | 'kafka-not-fetched';

export const kafkaNeeds: Record<KafkaNeedCode, (args: CannotRun['args']) => NeedText> = {
  'no-java': ({ found }) => ({
    why: found ? `it takes Java 17 or newer, and this is Java ${found}` : 'Java is not installed',
    remedy: 'Install a Java runtime, 17 or newer: apt install default-jdk-headless; or name one with JAVA_HOME.',
  }),
  'no-java-compiler': () => ({
    why: 'the Java here cannot run a source file: it has no compiler (module jdk.compiler)',
    remedy: 'Install a JDK, not only a runtime: apt install default-jdk-headless; or name one with JAVA_HOME.',
  }),
  'no-kafka': () => ({
    why: "neither Apache Kafka's jars nor Maven, which would bring them, are here",
    remedy: 'Install Maven (apt install maven), or set KAFKA_HOME to the folder of an Apache Kafka 4.',
  }),
  'kafka-home': ({ path }) => ({
    why: `KAFKA_HOME is '${path ?? ''}', where there is no libs/kafka-clients-*.jar`,
    remedy: 'Set it to the folder of an Apache Kafka 4, or unset it.',
  }),
  'kafka-not-fetched': ({ said }) => ({
    why: `Maven could not bring Apache Kafka's jars${said ? `: ${said}` : ''}`,
    remedy: 'Run it once where Maven reaches a repository, or set KAFKA_HOME to the folder of an Apache Kafka 4.',
  }),
};
