using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using TwoFactor.AspNetCore.Problems;
using TwoFactor.AspNetCore.Tests.Endpoints.Support;

namespace TwoFactor.AspNetCore.Tests.Endpoints;

/// <summary>What the framework's OpenAPI document says of the API. The library itself does not depend on the generator.</summary>
internal sealed class OpenApiTests
{
    private JsonElement _document;
    private IReadOnlyList<Operation> _operations = [];
    private IReadOnlyDictionary<string, int[]> _statuses = new Dictionary<string, int[]>();

    [OneTimeSetUp]
    public async Task ReadAsync()
    {
        await using var app = await ApiApp.StartAsync(new()
        {
            Services = s => s.AddOpenApi(),
            Map = a =>
            {
                a.MapGroup("/2fa").MapTwoFactor();
                a.MapOpenApi();
            },
        });
        _operations = Operation.AllOf(app);
        _statuses = app.Endpoints.ToDictionary(
            e => e.Metadata.GetMetadata<Microsoft.AspNetCore.Routing.IEndpointNameMetadata>()!.EndpointName,
            e => e.Metadata.GetOrderedMetadata<IProducesResponseTypeMetadata>().Select(p => p.StatusCode).Distinct().Order().ToArray());
        _document = (await app.NewClient().GetAsync("/openapi/v1.json")).Json;
    }

    [Test]
    public void Every_endpoint_is_described()
    {
        Assert.That(_operations, Has.Count.GreaterThanOrEqualTo(30));
        foreach (var operation in _operations)
        {
            var described = Of(operation);
            Assert.Multiple(() =>
            {
                Assert.That(described.GetProperty("operationId").GetString(), Is.EqualTo(operation.Name));
                Assert.That(described.GetProperty("summary").GetString(), Is.Not.Empty, operation.Name);
                Assert.That(described.GetProperty("description").GetString(), Does.Contain("Problem codes: `"), operation.Name);
                Assert.That(described.GetProperty("tags").EnumerateArray().Select(t => t.GetString()), Has.Exactly(1).StartsWith("Two-factor"), operation.Name);
                Assert.That(described.GetProperty("responses").EnumerateObject().Select(r => int.Parse(r.Name, System.Globalization.CultureInfo.InvariantCulture)), Is.EquivalentTo(_statuses[operation.Name]));
            });
        }

        Assert.That(_operations.Select(o => o.Name), Is.Unique);
    }

    [Test]
    public void Every_success_and_every_refusal_has_its_type()
    {
        foreach (var operation in _operations)
        {
            var responses = Of(operation).GetProperty("responses").EnumerateObject().ToDictionary(r => r.Name, r => r.Value);
            Assert.That(responses.Keys.Count(status => status[0] == '2'), Is.EqualTo(1), operation.Name);
            foreach (var (status, response) in responses)
            {
                if (status == "204") continue;
                var types = response.GetProperty("content").EnumerateObject().Select(c => c.Name).ToList();
                if (status[0] != '2') Assert.That(types, Is.EqualTo(new[] { "application/problem+json" }), operation.Name);
                else if (operation.Name.EndsWith("QrCode", StringComparison.Ordinal)) Assert.That(types, Is.EquivalentTo(new[] { "image/svg+xml", "image/png" }));
                else Assert.That(types, Is.EqualTo(new[] { "application/json" }), operation.Name);
            }

            Assert.That(responses.ContainsKey("401"), operation.Name);
            Assert.That(responses.ContainsKey("429"), operation.Name);
            Assert.That(responses.ContainsKey("415"), Is.EqualTo(operation.IsUnsafe), operation.Name);
        }
    }

    [Test]
    public void Bodies_and_parameters_are_described()
    {
        foreach (var operation in _operations)
        {
            var described = Of(operation);
            Assert.That(described.TryGetProperty("requestBody", out var body), Is.EqualTo(operation.BodyType is not null), operation.Name);
            if (operation.BodyType is not null)
            {
                Assert.That(body.GetProperty("content").EnumerateObject().Select(c => c.Name), Is.EqualTo(new[] { "application/json" }), operation.Name);
                Assert.That(body.TryGetProperty("required", out var required) && required.GetBoolean(), Is.EqualTo(operation.HasBody), operation.Name);
            }

            if (!operation.IsAdministrative) continue;
            Assert.That(described.GetProperty("parameters").EnumerateArray().Select(p => p.GetProperty("name").GetString()), Does.Contain("organization"), operation.Name);
        }

        var list = Of(_operations.Single(o => o.Name == "TwoFactorListUsers")).GetProperty("parameters").EnumerateArray().Select(p => p.GetProperty("name").GetString());
        Assert.That(list, Is.EquivalentTo(new[] { "organization", "search", "enabled", "status", "sort", "descending", "pageSize", "after" }));
        var audit = Of(_operations.Single(o => o.Name == "TwoFactorReadAudit")).GetProperty("parameters").EnumerateArray().Select(p => p.GetProperty("name").GetString());
        Assert.That(audit, Is.EquivalentTo(new[] { "organization", "subject", "name", "from", "until", "pageSize", "after" }));
    }

    [Test]
    public void The_codes_that_are_described_are_codes_and_all_are_described_somewhere()
    {
        var described = _operations.SelectMany(o => Of(o).GetProperty("description").GetString()!.Split("Problem codes: ")[1].TrimEnd('.').Split(", ").Select(c => c.Trim('`'))).ToHashSet();
        Assert.That(described, Is.EquivalentTo(ProblemCode.All.Select(code => code.Name)));
    }

    private JsonElement Of(Operation operation) =>
        _document.GetProperty("paths").GetProperty(operation.Pattern).GetProperty(operation.Method.Method.ToLowerInvariant());
}
